/** A figure measured several times. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** The ratio of two servers, taken round by round: what disturbs the machine for a while disturbs neighbours alike. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Spread {
  const length = Math.min(ours.length, theirs.length);
  return spreadOf(Array.from({ length }, (_, round) => (ours[round] ?? NaN) / (theirs[round] ?? NaN)));
}
