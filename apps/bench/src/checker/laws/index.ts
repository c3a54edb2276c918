import type { History, Truth, Violation } from '../history.ts';
import { checkAccess } from './access.laws.ts';
import { checkChanges } from './change.laws.ts';
import { checkDevices } from './device.laws.ts';
import { checkLog } from './log.laws.ts';
import { checkPrivacy } from './privacy.laws.ts';
import { checkReceipts } from './receipt.laws.ts';

/** Everything in a history that breaks a law. */
export function checkLaws(history: History, truth: Truth): Violation[] {
  return [
    ...history.violations,
    ...checkLog(history, truth),
    ...checkChanges(history, truth),
    ...checkDevices(history, truth),
    ...checkReceipts(history, truth),
    ...checkPrivacy(history, truth),
    ...checkAccess(history, truth),
  ];
}
