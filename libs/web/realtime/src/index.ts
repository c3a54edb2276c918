export { ACCESS_TOKEN, type AccessTokenSource } from './access-token';
export { backoffDelay } from './backoff';
export { CommandError, isPassing, type CommandErrorCode } from './command-error';
export { ConnectionPageActions, ConnectionSocketActions } from './connection.actions';
export { connectionFeature, type ConnectionState } from './connection.feature';
export { provideRealtime } from './provide-realtime';
export { RealtimeSocket, type SocketStatus } from './realtime-socket';
