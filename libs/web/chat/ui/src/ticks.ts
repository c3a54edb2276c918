import type { IconName } from './icon';
import type { Delivery } from './models';

/** The shape that stands for how far an own message has come. */
export const TICKS: Readonly<Record<Delivery, IconName>> = {
  queued: 'clock',
  sending: 'clock',
  stored: 'check',
  delivered: 'checks',
  read: 'checks',
  failed: 'alert',
};
