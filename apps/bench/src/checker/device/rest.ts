import type { Chat, ChatPage, Message, MessagePage, Session } from '@course-chat/contracts';

const TIMEOUT_MS = 12_000;

/** An answer over REST: its status and body, or null when there was none. */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly askedAt: number;
  readonly seenAt: number;
}

/** The REST side of one user, against whichever node is there. */
export class Rest {
  token = '';
  private readonly baseUrl: () => string | null;

  constructor(baseUrl: () => string | null) {
    this.baseUrl = baseUrl;
  }

  async ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<RestAnswer | null> {
    const base = this.baseUrl();
    if (!base) return null;
    const askedAt = performance.now();
    try {
      const response = await fetch(`${base}/api${path}`, {
        method,
        headers: {
          ...(this.token && { authorization: `Bearer ${this.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const parsed: unknown = await response.json();
      return { status: response.status, body: parsed, askedAt, seenAt: performance.now() };
    } catch {
      return null;
    }
  }

  async login(email: string, password: string): Promise<Session> {
    const answer = await this.ask('POST', '/auth/login', { email, password });
    if (answer?.status !== 200) throw new Error(`Login of ${email} answered ${answer?.status ?? 'nothing'}`);
    const session = answer.body as Session;
    this.token = session.accessToken;
    return session;
  }
}

/** The chats of one side of one user. */
export class ChatRest {
  readonly rest: Rest;
  private readonly side: 'users' | 'tutors';

  constructor(rest: Rest, side: 'users' | 'tutors') {
    this.rest = rest;
    this.side = side;
  }

  list(limit: number, cursor: string | null): Promise<(RestAnswer & { page?: ChatPage }) | null> {
    return this.of(`?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`, (body) => ({ page: body as ChatPage }));
  }

  chat(chatId: string): Promise<(RestAnswer & { chat?: Chat }) | null> {
    return this.of(`/${chatId}`, (body) => ({ chat: body as Chat }));
  }

  messages(chatId: string, query: string): Promise<(RestAnswer & { page?: MessagePage }) | null> {
    return this.of(`/${chatId}/messages?${query}`, (body) => ({ page: body as MessagePage }));
  }

  async send(
    chatId: string,
    clientMessageId: string,
    text: string,
  ): Promise<(RestAnswer & { message?: Message }) | null> {
    const answer = await this.rest.ask('POST', `/${this.side}/chats/${chatId}/messages`, { clientMessageId, text });
    return answer && { ...answer, ...(answer.status < 300 && { message: answer.body as Message }) };
  }

  private async of<T extends object>(
    path: string,
    read: (body: unknown) => T,
  ): Promise<(RestAnswer & Partial<T>) | null> {
    const answer = await this.rest.ask('GET', `/${this.side}/chats${path}`);
    return answer && ({ ...answer, ...(answer.status === 200 ? read(answer.body) : {}) } as RestAnswer & Partial<T>);
  }
}
