import type { Spread } from '../measure/statistics.ts';

const WIDTH = 40;

/** A chart of text: one bar a row up to its middle, with the spread behind it. */
export function bars(rows: readonly ({ name: string } & Spread)[], unit: string, digits: number): string {
  const longest = Math.max(...rows.map(({ middle }) => middle));
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const figures = rows.map(({ middle }) => middle.toFixed(digits));
  const figureWidth = Math.max(...figures.map((figure) => figure.length));
  return rows
    .map(({ name, middle, low, high }, index) => {
      const bar = '█'.repeat(Math.max(1, Math.round((middle / longest) * WIDTH)));
      return `${name.padEnd(nameWidth)}  ${figures[index]?.padStart(figureWidth)}${unit}  ${bar}  (${low.toFixed(digits)} - ${high.toFixed(digits)})`;
    })
    .join('\n');
}
