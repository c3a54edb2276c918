import { Histogram, type SerializedHistogram } from './histogram.ts';

/** A figure measured several times: the median, or that of all measurements together, and the lowest and highest. */
export interface Spread {
  readonly middle: number;
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
  return { middle: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** Figures of all rounds together, and of parts of the rounds alone. */
export interface Pooled {
  readonly all: number;
  readonly parts: readonly number[];
}

/** Parts that the rounds are dealt out to, one after the other. */
const PARTS = 3;

/** A percentile of all rounds together: one round alone has too few of the slowest. */
export function pooled(rounds: readonly SerializedHistogram[], share: number): Pooled {
  const percentileOf = (some: readonly SerializedHistogram[]) =>
    some.reduce((all: Histogram, one) => all.merge(one), new Histogram()).percentile(share);
  const parts = Array.from({ length: PARTS }, (_, part) => rounds.filter((_round, index) => index % PARTS === part));
  return { all: percentileOf(rounds), parts: parts.map(percentileOf) };
}

export function spreadOfPooled({ all, parts }: Pooled): Spread {
  return { middle: all, low: Math.min(...parts), high: Math.max(...parts) };
}

export function ratioOfPooled(ours: Pooled, theirs: Pooled): Spread {
  const parts = ours.parts.map((part, index) => part / (theirs.parts[index] ?? NaN));
  return spreadOfPooled({ all: ours.all / theirs.all, parts });
}

/** The ratio of two servers, taken round by round: what disturbs the machine for a while disturbs neighbours alike. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Spread {
  const length = Math.min(ours.length, theirs.length);
  return spreadOf(Array.from({ length }, (_, round) => (ours[round] ?? NaN) / (theirs[round] ?? NaN)));
}
