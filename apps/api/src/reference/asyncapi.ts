import { commandNames, commands, eventNames, events, failedAckSchema } from '@course-chat/contracts';
import { componentSchemas, schemaOf } from './json-schemas';

/** The socket's commands and events as AsyncAPI 3.0, made from the same schemas that check every one. */
export function asyncApiDocument(): Record<string, unknown> {
  const reference = (path: string) => ({ $ref: `#/${path}` });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Course Chat over Socket.IO',
      version: '1',
      description:
        'Default namespace, path /socket.io, handshake auth {token}. A command is emitted with an acknowledgement, which gets {ok:true, data} or {ok:false, error}.',
    },
    servers: { default: { host: 'localhost:3000', protocol: 'ws', pathname: '/socket.io' } },
    channels: {
      commands: {
        address: '/socket.io',
        messages: Object.fromEntries(commandNames.map((name) => [name, reference(`components/messages/${name}`)])),
      },
      answers: {
        address: '/socket.io',
        messages: Object.fromEntries(
          commandNames.map((name) => [`${name}_ack`, reference(`components/messages/${name}_ack`)]),
        ),
      },
      events: {
        address: '/socket.io',
        messages: Object.fromEntries(eventNames.map((name) => [name, reference(`components/messages/${name}`)])),
      },
    },
    operations: {
      ...Object.fromEntries(
        commandNames.map((name) => [
          name,
          {
            action: 'receive',
            channel: reference('channels/commands'),
            messages: [reference(`channels/commands/messages/${name}`)],
            reply: {
              channel: reference('channels/answers'),
              messages: [reference(`channels/answers/messages/${name}_ack`)],
            },
          },
        ]),
      ),
      ...Object.fromEntries(
        eventNames.map((name) => [
          name,
          {
            action: 'send',
            channel: reference('channels/events'),
            messages: [reference(`channels/events/messages/${name}`)],
          },
        ]),
      ),
    },
    components: {
      messages: {
        ...Object.fromEntries(commandNames.map((name) => [name, { name, payload: schemaOf(commands[name].payload) }])),
        ...Object.fromEntries(
          commandNames.map((name) => [
            `${name}_ack`,
            { name: `${name}_ack`, payload: ackOf(schemaOf(commands[name].data)) },
          ]),
        ),
        ...Object.fromEntries(eventNames.map((name) => [name, { name, payload: schemaOf(events[name]) }])),
      },
      schemas: componentSchemas(),
    },
  };
}

function ackOf(data: Record<string, unknown>): Record<string, unknown> {
  const succeeded = {
    type: 'object',
    properties: { ok: { const: true }, data },
    required: ['ok', 'data'],
  };
  return { oneOf: [succeeded, schemaOf(failedAckSchema)] };
}
