import type { Principal } from '@course-chat/api/kernel';
import type { CommandData, CommandName, CommandPayload } from '@course-chat/contracts';
import type { RealtimeSocket } from './socket-types';

const COMMAND_METADATA = Symbol('course-chat:socket-command');

/** A gateway's method for one command: validated payload in, the ack's data out; a throw becomes a failed ack. */
export type CommandHandler<N extends CommandName> = (
  principal: Principal,
  payload: CommandPayload<N>,
  socket: RealtimeSocket,
) => Promise<CommandData<N>>;

/** Binds a gateway's method to a command of the contracts. A wrong payload or answer type does not compile. */
export function SocketCommand<N extends CommandName>(name: N) {
  return (_target: object, _key: string, descriptor: { readonly value?: CommandHandler<N> }): void => {
    if (descriptor.value) Reflect.defineMetadata(COMMAND_METADATA, name, descriptor.value);
  };
}

/** The command a method is bound to, or undefined. */
export function commandOf(method: object): CommandName | undefined {
  return Reflect.getMetadata(COMMAND_METADATA, method) as CommandName | undefined;
}
