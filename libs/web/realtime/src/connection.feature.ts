import { createFeature, createReducer, on } from '@ngrx/store';
import { ConnectionSocketActions } from './connection.actions';
import type { SocketStatus } from './realtime-socket';

/** The connection as the interface shows it; `since` is the device's clock in milliseconds, 0 before the first report. */
export interface ConnectionState {
  status: SocketStatus;
  since: number;
}

const initial: ConnectionState = { status: 'idle', since: 0 };

/** The connection slice. */
export const connectionFeature = createFeature({
  name: 'connection',
  reducer: createReducer(
    initial,
    on(ConnectionSocketActions.idle, (_, { at }): ConnectionState => ({ status: 'idle', since: at })),
    on(ConnectionSocketActions.connecting, (_, { at }): ConnectionState => ({ status: 'connecting', since: at })),
    on(ConnectionSocketActions.online, (_, { at }): ConnectionState => ({ status: 'online', since: at })),
    on(ConnectionSocketActions.offline, (_, { at }): ConnectionState => ({ status: 'offline', since: at })),
  ),
});
