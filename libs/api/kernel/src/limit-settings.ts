import { LIMITS, type Limit, type LimitName } from './rate-limits';

/** Limits that somebody set otherwise, by name. */
export type LimitSettings = Partial<Record<LimitName, readonly Limit[]>>;

const ENTRY = /^(\w+)=(\d{1,9}\/\d{1,6}(?:\+\d{1,9}\/\d{1,6})*)$/;

/**
 * Reads `message=10/1+60/60, login=10/900`: calls in seconds, and where there are several, all of them hold. What is counted
 * by each node for itself stays so.
 * @throws Error that says which entry does not fit
 */
export function parseLimits(text: string): LimitSettings {
  const settings: Partial<Record<LimitName, readonly Limit[]>> = {};
  for (const entry of text.split(/[\s,;]+/).filter(Boolean)) {
    const [, name = '', numbers = ''] = ENTRY.exec(entry) ?? [];
    if (!Object.hasOwn(LIMITS, name))
      throw new Error(`"${entry}": expected a name of ${Object.keys(LIMITS).join(', ')} and calls/seconds`);
    const limits = numbers.split('+').map((pair): Limit => {
      const [points = 0, seconds = 0] = pair.split('/').map(Number);
      if (points < 1 || seconds < 1) throw new Error(`"${entry}": expected at least one call and one second`);
      return { points, seconds, ...('perNode' in LIMITS[name as LimitName][0] && { perNode: true as const }) };
    });
    settings[name as LimitName] = limits;
  }
  return settings;
}
