import type { Chat } from '@course-chat/contracts';
import { chatsOf, TestServer, type RestAnswer, type TestPair, type TestSocket, type TestUser } from '../testing';

/** What must never be in an answer: where our code lies, what the database says, and the ids of other people. */
const LEAK = /node_modules|webpack|\.ts:\d|\.js:\d|\bat [\w.<>]+ \(|mongo|E11000|redis:/i;

/** Most memory that whatever is tried may take for a while, garbage that is not collected yet included. */
const MEMORY_MAX_BYTES = 700 * 1024 * 1024;

/** A chat with two members, each on a socket, and a stranger with a login and a socket of their own. */
export class HostileScene {
  private constructor(
    readonly server: TestServer,
    readonly pair: TestPair,
    readonly socket: TestSocket,
    readonly witness: TestSocket,
    readonly stranger: TestUser,
    readonly strangerSocket: TestSocket,
  ) {}

  /** What is stored of everything but the audit, which may grow by refusals. */
  private before: Record<string, number> = {};
  private readonly memoryBefore = process.memoryUsage().rss;

  static async start(env: Record<string, string> = {}): Promise<HostileScene> {
    const server = await TestServer.start(env);
    const pair = await server.pair();
    const other = await server.pair();
    const socket = await server.socket(pair.student);
    const witness = await server.socket(pair.tutor);
    await witness.hears('user_online');
    const strangers = await server.socket(other.student);
    const scene = new HostileScene(server, pair, socket, witness, other.student, strangers);
    scene.before = await scene.counts();
    return scene;
  }

  get chatId(): string {
    return this.pair.chatId;
  }

  /** Whatever was tried: the server works, nothing was stored, nobody heard of it, no prototype was touched. */
  async expectUntouched(lastSeq = 0): Promise<void> {
    expect((await this.server.call('GET', '/health/ready')).status).toBe(200);
    const chat = await this.witness.ok('join_chat', { chatId: this.chatId });
    expect(chat.lastSeq).toBe(lastSeq);
    expect(await this.counts()).toEqual({ ...this.before, messages: lastSeq });
    expect(process.memoryUsage().rss - this.memoryBefore).toBeLessThan(MEMORY_MAX_BYTES);
    for (const heard of [this.witness, this.strangerSocket]) {
      expect(heard.heard.filter(({ name }) => !/^(user_|digest)/.test(name))).toEqual([]);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
  }

  /** Takes what is there now as what was there before. */
  async recount(): Promise<void> {
    this.before = await this.counts();
  }

  /** Documents of every collection but the audit. */
  private async counts(): Promise<Record<string, number>> {
    const collections = await this.server.connection.listCollections();
    const names = collections.map(({ name }) => name).filter((name) => !/^(system\.|audit)/.test(name));
    const counts = names.map(
      async (name) => [name, await this.server.connection.collection(name).countDocuments()] as const,
    );
    return Object.fromEntries(await Promise.all(counts));
  }

  /** Sends the same input by both doors of a command that has two. */
  async send(payload: object): Promise<{ socket: string; rest: string }> {
    const answer = await this.socket.raw('send_message', { chatId: this.chatId, ...payload });
    const rest = await this.server.rest(this.pair.student).post(this.messagesPath(this.pair.student), payload);
    expectClean(answer);
    expectClean(rest.body);
    return { socket: answer.ok ? 'ok' : answer.error.code, rest: codeOf(rest) };
  }

  messagesPath(who: TestUser, chatId = this.chatId): string {
    return `${chatsOf(who)}/${chatId}/messages`;
  }

  async chatOf(who: TestUser): Promise<Chat> {
    return (await this.server.rest(who).get<Chat>(`${chatsOf(who)}/${this.chatId}`)).body;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

/** The code of an answer, `ok` for a success. */
export function codeOf({ status, body }: RestAnswer<unknown>): string {
  return status < 400 ? 'ok' : ((body as { error?: { code: string } } | null)?.error?.code ?? `bare ${status}`);
}

/** An answer that is `{error}` with this status and code, and tells nothing about our insides. */
export function expectTyped(answer: RestAnswer<unknown>, status: number, code: string): void {
  expect({ status: answer.status, body: answer.body }).toEqual({
    status,
    body: { error: expect.objectContaining({ code, correlationId: expect.any(String) }) },
  });
  expectClean(answer.body);
}

/** Tells nothing about our insides, and is no larger than it has to be. */
export function expectClean(answer: unknown): void {
  const text = JSON.stringify(answer);
  expect(text).not.toMatch(LEAK);
  expect(text.length).toBeLessThan(20_000);
}
