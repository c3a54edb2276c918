export { NodeWatch } from './node-watch';
export { RealtimeHub } from './realtime.hub';
export { RealtimeIoAdapter } from './realtime-io.adapter';
export { RealtimeModule } from './realtime.module';
export { REDIS } from './redis';
export { SocketAuthenticator, type Admission } from './socket-authenticator';
export { SocketDispatcher } from './socket-dispatcher';
export { commandOf, SocketCommand } from './socket-command.decorator';
export type { Device, RealtimeSocket } from './socket-types';
