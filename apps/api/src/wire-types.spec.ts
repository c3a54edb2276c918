import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');
const BASE = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)).config as {
  compilerOptions: object;
};

const PRELUDE = `
import type { CommandData, CommandPayload, EventPayload } from '@course-chat/contracts';
import { sampleChat, sampleEvents, sampleMessage } from '@course-chat/contracts/testing';
import type { Principal } from '@course-chat/api/kernel';
import { SocketCommand, type RealtimeHub, type RealtimeSocket } from '@course-chat/api/realtime';
declare const hub: RealtimeHub;
declare const socket: RealtimeSocket;
`;
const handler = (name: string, payload: string, answer: string) =>
  `class Gateway { @SocketCommand('${name}') async run(_who: Principal, _payload: ${payload}): Promise<${answer}> { throw new Error(); } }\nexport { Gateway };`;

/** What must compile, and beside each what is wrong in one place and must not. */
const good: [string, string][] = [
  ['an event through the hub', `hub.toUsers(['a'], 'message_created', { message: sampleMessage });`],
  ['an event from a socket', `socket.emit('digest', { cursor: 'x' });`],
  ['a handler', handler('typing_start', `CommandPayload<'typing_start'>`, 'null')],
  ['a handler with an answer', handler('join_chat', `CommandPayload<'join_chat'>`, `CommandData<'join_chat'>`)],
  ['a payload', `export const payload: CommandPayload<'mark_read'> = { chatId: 'x', seq: 1 };`],
  ['an event', `export const event: EventPayload<'typing_stopped'> = sampleEvents.typing_stopped;`],
];
const bad: [string, string][] = [
  ['a misspelt event', `hub.toUsers(['a'], 'mesage_created', { message: sampleMessage });`],
  ['the payload of another event', `hub.toUsers(['a'], 'message_created', { chat: sampleChat });`],
  ['an event without its payload', `hub.toUsers(['a'], 'message_created', {});`],
  [
    'a field of a wrong type',
    `hub.toChat('a', 'b', 'typing_started', { chatId: 'x', userId: 'y', expiresInMs: '6000' });`,
  ],
  ['a misspelt event from a socket', `socket.emit('digests', { cursor: 'x' });`],
  ['a misspelt command', handler('typing_begin', '{ chatId: string }', 'null')],
  ['a handler that wants another payload', handler('typing_start', '{ chatId: number }', 'null')],
  ['a handler that answers something else', handler('join_chat', `CommandPayload<'join_chat'>`, 'null')],
  [
    'a handler that answers half',
    handler('mark_read', `CommandPayload<'mark_read'>`, '{ chatId: string; readSeq: number }'),
  ],
  ['a payload without a field', `export const payload: CommandPayload<'mark_read'> = { chatId: 'x' };`],
  ['an unknown command', `export type Payload = CommandPayload<'mark_reed'>;`],
  ['an unknown event', `export type Payload = EventPayload<'message_create'>;`],
];

describe('the types of the wire', () => {
  const files = new Map(
    [...good, ...bad].map(([name, text]) => [join(__dirname, `${name.replace(/ /g, '-')}.snippet.ts`), PRELUDE + text]),
  );
  const fileOf = (name: string) => join(__dirname, `${name.replace(/ /g, '-')}.snippet.ts`);
  let program: ts.Program;

  beforeAll(() => {
    const { options } = ts.convertCompilerOptionsFromJson({ ...BASE.compilerOptions, types: ['node'] }, ROOT);
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists, getSourceFile } = host;
    host.readFile = (path) => files.get(path) ?? readFile(path);
    host.fileExists = (path) => files.has(path) || fileExists(path);
    host.getSourceFile = (path, language, ...rest) => {
      const text = files.get(path);
      return text === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, text, language);
    };
    program = ts.createProgram([...files.keys()], options, host);
  }, 60_000);

  const errorsOf = (name: string) => {
    const source = program.getSourceFile(fileOf(name));
    if (!source) throw new Error(`${name} is not in the program`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    );
  };

  it.each(good)('%s compiles', (name) => expect(errorsOf(name)).toEqual([]), 60_000);
  it.each(bad)('%s does not compile', (name) => expect(errorsOf(name)).not.toEqual([]), 60_000);
});
