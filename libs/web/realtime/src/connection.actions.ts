import { createActionGroup, emptyProps, props } from '@ngrx/store';

/** What the application decides about the connection. */
export const ConnectionPageActions = createActionGroup({
  source: 'Connection Page',
  events: { connectionWanted: emptyProps(), connectionReleased: emptyProps() },
});

/** What the socket reports about itself; `at` is the device's clock in milliseconds. */
export const ConnectionSocketActions = createActionGroup({
  source: 'Connection Socket',
  events: {
    idle: props<{ at: number }>(),
    connecting: props<{ at: number }>(),
    online: props<{ at: number }>(),
    offline: props<{ at: number }>(),
  },
});
