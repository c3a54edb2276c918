import { pause, type Device } from './device/device.ts';
import type { History, Truth, Violation } from './history.ts';
import { checkAccessShown } from './laws/access.laws.ts';
import { checkDevice } from './laws/device.laws.ts';
import type { TruthReader } from './truth.ts';

/** A lost event is repaired by the digest within 30 s; then a catching-up has to be done. */
const QUIET_WITHIN_MS = 40_000;
/** How often the story tells what is still missing. */
const SAY_EVERY_MS = 4_000;

/** What must become equal: the devices that are on, and the log. */
export interface Scenery {
  readonly devices: readonly Device[];
  readonly reader: TruthReader;
  readonly before: ReadonlySet<string>;
  readonly history: History;
}

/**
 * Waits until every device has come to show what is stored, by itself and in time.
 * @returns what is stored, as of the moment at which all showed it; null when it took too long
 */
export async function untilQuiet(
  { devices, reader, before, history }: Scenery,
  { withTotals, withinMs = QUIET_WITHIN_MS }: { withTotals: boolean; withinMs?: number },
): Promise<Truth | null> {
  let deadline = performance.now() + withinMs;
  let unsent = Infinity;
  let left: Violation[] = [];
  let restless: string[] = [];
  let saidAt = performance.now();
  while (performance.now() < deadline) {
    restless = devices.filter((device) => !device.isSettled).map(({ id, why }) => `${id} (${why})`);
    if (restless.length === 0) {
      const truth = await reader.read(before);
      left = differences(devices, truth, history, withTotals);
      if (left.length === 0) return truth;
    }
    // As long as devices get rid of what they have to say, the time to become quiet has not begun.
    const stillUnsent = devices.reduce((sum, { outbox }) => sum + outbox.size, 0);
    if (stillUnsent < unsent) deadline = performance.now() + withinMs;
    unsent = Math.min(unsent, stillUnsent);
    const reason = [...restless, ...left.map(({ text }) => text)].slice(0, 3).join('; ');
    if (performance.now() - saidAt > SAY_EVERY_MS) {
      saidAt = performance.now();
      history.fault(`not yet quiet: ${reason}`);
    }
    await pause(150);
  }
  const text = `not everything was quiet ${withinMs / 1000} s after the last fault: ${restless.join(', ')} ${left.length} differences`;
  history.violate({ law: 3, name: 'not_converged', text });
  history.violations.push(...left);
  return null;
}

function differences(devices: readonly Device[], truth: Truth, history: History, withTotals: boolean): Violation[] {
  const chats = new Map(truth.chats.map((chat) => [chat.id, chat]));
  return devices
    .filter((device) => device.isOn)
    .map((device) => device.atEnd())
    .flatMap((end) => [
      ...checkDevice(withTotals ? end : { ...end, unreadTotal: null }, chats, truth),
      ...checkAccessShown(end, history.closures),
    ]);
}
