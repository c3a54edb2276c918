import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { Link } from '../faults/link';
import { History } from '../history';
import { Child } from '../processes/child';
import { Connection } from './connection';

type Answer = (answer: unknown) => void;

/** Law 7: whatever is wrong with an answer is found, also that there is none. */
describe(Connection, () => {
  let http: HttpServer;
  let io: Server;
  let link: Link;
  let connection: Connection;
  let history: History;
  let answers: (answer: Answer) => void;

  beforeEach(async () => {
    http = createServer();
    io = new Server(http);
    io.on('connection', (socket) => socket.on('typing_stop', (_payload: unknown, answer: Answer) => answers(answer)));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    link = await Link.open(() => (http.address() as AddressInfo).port);
    history = new History();
    await new Promise<void>((connected) => {
      const listener = { connected, disconnected: () => {}, refused: () => {}, heard: () => {} };
      connection = new Connection('phone', link, { history, stoppedBetween: () => 0, answerWithinMs: 300 }, listener);
      connection.open('token');
    });
  });
  afterEach(async () => {
    connection.close();
    await link.close();
    await io.close();
  });

  const ask = () => connection.command('typing_stop', { chatId: 'd'.repeat(24) }, 1_000);
  const found = () => history.violations.map(({ law, name }) => [law, name]);

  it('has nothing against data and coded errors', async () => {
    answers = (answer) => answer({ ok: true, data: null });
    expect(await ask()).toMatchObject({ kind: 'ok' });
    answers = (answer) => answer({ ok: false, error: { code: 'READ_ONLY', message: 'No', correlationId: 'c' } });
    expect(await ask()).toMatchObject({ kind: 'refused' });
    expect(found()).toEqual([]);
  });

  it('finds a command that is never answered on a healthy line, and forgives it on one that loses frames', async () => {
    answers = () => {};
    await ask();
    expect(found()).toEqual([[7, 'unanswered']]);
    link.tampered = true;
    await ask();
    expect(found()).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['an answer of another shape', { ok: true, data: { chatId: 'not asked for' } }],
    ['nothing', undefined],
    ['an error without a code', { ok: false, error: 'no' }],
    [
      'a stack trace',
      { ok: false, error: { code: 'INTERNAL', message: 'Boom at send (main.js:1:2)', correlationId: 'c' } },
    ],
  ])('finds %s', async (_name, answered) => {
    answers = (answer) => answer(answered);
    await ask();
    expect(found()).toEqual([[7, 'bad_answer']]);
  });

  it('finds an event that nobody has declared and one with a wrong payload', async () => {
    io.emit('surprise', {});
    io.emit('message_created', { message: { text: 'and nothing else' } });
    answers = (answer) => answer({ ok: true, data: null });
    await ask();
    expect(found()).toEqual([
      [7, 'bad_answer'],
      [7, 'bad_answer'],
    ]);
  });
});

describe(Child, () => {
  it('tells of an end that nobody asked for, and not of one that was asked for', async () => {
    const crashes: string[] = [];
    const run = (script: string) =>
      new Child(process.execPath, ['-e', script], process.env, (how) => crashes.push(how));
    await run('process.exit(3)').ended;
    const child = run('setInterval(() => {}, 1000)');
    await child.kill();
    expect(crashes).toEqual([expect.stringContaining('ended with 3')]);
  });
});
