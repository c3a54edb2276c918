import type { RowRange } from './message-rows';

/** No more rows than this are in the DOM, unless a screen shows more at once. */
export const ROWS_MAX = 76;
/** Rows that are put in at first, before anything has been measured. */
export const ROWS_FIRST = 40;
/** What a row of most chats needs at least. */
const ROW_LIKELY_PX = 60;
/** Rows kept beyond the edges of the screen even when the cap is tight. */
const ROWS_SPARE = 4;
/** Older and newer pages are asked for this many screens ahead. */
export const SCREENS_AHEAD = 1.5;
/** This near to the end counts as being there. */
export const END_SLACK_PX = 24;

/** Where a row stands, in pixels from the top of the content. */
export interface Placed {
  key: string;
  index: number;
  seq: number | null;
  top: number;
  /** Where the message itself begins, below a day pill or a divider that may come and go. */
  body: number;
  bottom: number;
}

/** What is on screen. */
export interface View {
  top: number;
  height: number;
}

/** A range of at most `size` rows that holds `index` with a third of it before. */
export function rangeAround(index: number, count: number, size = ROWS_FIRST): RowRange {
  const start = Math.max(0, Math.min(index - Math.floor(size / 3), count - size));
  return { start, end: Math.min(count, start + size) };
}

/** The last rows. */
export function tailRange(count: number, size = ROWS_FIRST): RowRange {
  return { start: Math.max(0, count - size), end: count };
}

/** How many rows a chat opens with on a screen this high: they most likely fill it, and the first paint waits for no more. Where they do not, `nextRange` adds to them. */
export function rowsToOpen(height: number): number {
  return Math.min(ROWS_FIRST, Math.ceil(height / ROW_LIKELY_PX) + ROWS_SPARE);
}

/**
 * The range that should be in the DOM for this view, or null when the present one will do. Grows by what is missing to
 * one screen on either side as soon as less than half of that is left, and lets go of what is more than two away.
 */
export function nextRange(
  placed: readonly Placed[],
  view: View,
  count: number,
  averageHeight: number,
): RowRange | null {
  const first = placed[0];
  const last = placed[placed.length - 1];
  if (!first || !last) return null;
  const viewEnd = view.top + view.height;
  const missing = (pixels: number) => Math.ceil(pixels / Math.max(1, averageHeight));

  let start = first.index;
  let end = last.index + 1;
  if (first.top > view.top - view.height / 2) start -= missing(first.top - (view.top - view.height));
  if (last.bottom < viewEnd + view.height / 2) end += missing(viewEnd + view.height - last.bottom);
  start = Math.max(0, start);
  end = Math.min(count, end);

  const shown = placed.filter((row) => row.bottom > view.top && row.top < viewEnd);
  const firstShown = shown[0]?.index ?? first.index;
  const lastShown = shown[shown.length - 1]?.index ?? last.index;
  for (const row of placed) {
    if (row.bottom < view.top - 2 * view.height) start = Math.max(start, row.index + 1);
    if (row.top > viewEnd + 2 * view.height) end = Math.min(end, row.index);
  }
  const most = Math.max(ROWS_MAX, lastShown - firstShown + 1 + 2 * ROWS_SPARE);
  while (end - start > most) {
    // The side with more rows off screen can spare one.
    if (firstShown - start > end - 1 - lastShown) start++;
    else end--;
  }
  return start === first.index && end === last.index + 1 ? null : { start, end };
}

/** The row one lands on where nothing is in the DOM, by proportion; null when some row is on screen. */
export function landedOn(placed: readonly Placed[], view: View, count: number, contentHeight: number): number | null {
  const first = placed[0];
  const last = placed[placed.length - 1];
  if (!first || !last) return null;
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, Math.floor(index)));
  if (view.top + view.height <= first.top && first.index > 0) return clamp((view.top / first.top) * first.index);
  if (view.top >= last.bottom && last.index + 1 < count) {
    const after = Math.max(1, contentHeight - last.bottom);
    return clamp(last.index + 1 + ((view.top - last.bottom) / after) * (count - last.index - 1));
  }
  return null;
}

/** The first row on screen, whose place is kept when anything above it changes. */
export function anchorOf(placed: readonly Placed[], view: View, isThere: (key: string) => boolean): Placed | null {
  const end = view.top + view.height;
  const candidates = placed.filter((row) => row.bottom > view.top && row.top < end && isThere(row.key));
  return candidates[0] ?? placed.find((row) => isThere(row.key)) ?? null;
}

/**
 * The highest seq whose message is really on screen: its end is, or it fills most of the screen. 0 if none.
 * A pixel of rounding is forgiven.
 */
export function highestSeen(placed: readonly Placed[], view: View): number {
  const viewEnd = view.top + view.height;
  let highest = 0;
  for (const row of placed) {
    if (row.seq === null) continue;
    const endShown = row.bottom <= viewEnd + 1 && row.bottom > view.top;
    const fills = Math.min(row.bottom, viewEnd) - Math.max(row.top, view.top) >= view.height * 0.6;
    if (endShown || fills) highest = Math.max(highest, row.seq);
  }
  return highest;
}

/**
 * How high the empty space above the first row should be. Before the first message there is none. Else it keeps the
 * rows where they are on screen, unless that stopped being plausible for the number of messages it stands for.
 */
export function spaceAbove(start: number, keepsPlace: number, averageHeight: number): number {
  if (start === 0) return 0;
  const estimate = start * averageHeight;
  return keepsPlace < estimate / 3 || keepsPlace > estimate * 3 ? estimate : keepsPlace;
}
