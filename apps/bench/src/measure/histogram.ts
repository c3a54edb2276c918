/** Steps inside one doubling: values differ by at most 1/128 from what they are counted as. */
const STEP_BITS = 7;
const STEPS = 1 << STEP_BITS;
/** Values up to here are counted exactly. */
const EXACT = STEPS * 2;
const MAX_VALUE = 2 ** 31 - 1;

/** How often which latency occurred, in buckets whose width grows with the value (as HdrHistogram does). Microseconds. */
export class Histogram {
  private readonly counts: number[] = [];
  private total = 0;
  private highest = 0;

  record(microseconds: number): void {
    const value = Math.min(MAX_VALUE, Math.max(0, Math.round(microseconds)));
    const index = indexOf(value);
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.total += 1;
    if (value > this.highest) this.highest = value;
  }

  get count(): number {
    return this.total;
  }

  get max(): number {
    return this.highest;
  }

  /** The value that `share` (0..1) of all values do not exceed, within 1/128; 0 when nothing was recorded. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(this.total * share));
    let seen = 0;
    for (const [index, count] of this.counts.entries()) {
      seen += count ?? 0;
      if (seen >= wanted) return Math.min(this.highest, upperEdge(index));
    }
    return 0;
  }

  /** Adds what another process recorded. */
  merge(other: SerializedHistogram): this {
    for (const [index, count] of other.counts) this.counts[index] = (this.counts[index] ?? 0) + count;
    this.total += other.counts.reduce((sum, [, count]) => sum + count, 0);
    this.highest = Math.max(this.highest, other.max);
    return this;
  }

  serialize(): SerializedHistogram {
    const counts: [number, number][] = [];
    this.counts.forEach((count, index) => counts.push([index, count]));
    return { counts, max: this.highest };
  }
}

/** A histogram between processes: pairs of bucket and count. */
export interface SerializedHistogram {
  readonly counts: readonly (readonly [number, number])[];
  readonly max: number;
}

function indexOf(value: number): number {
  if (value < EXACT) return value;
  const exponent = 31 - Math.clz32(value) - STEP_BITS;
  return exponent * STEPS + (value >>> exponent);
}

function upperEdge(index: number): number {
  if (index < EXACT) return index;
  const exponent = Math.floor(index / STEPS) - 1;
  const step = index - exponent * STEPS;
  return (step + 1) * 2 ** exponent - 1;
}
