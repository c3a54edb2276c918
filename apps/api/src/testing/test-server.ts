import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { UserRepository } from '@course-chat/api/auth';
import { CourseRepository, EnrollmentService, SIGNATURE_HEADER, signatureOf } from '@course-chat/api/enrollment';
import { testDatabase, type TestDatabase } from '@course-chat/api/kernel/testing';
import type { Chat, EnrollmentEvent, Message, Role, Session, User } from '@course-chat/contracts';
import type { Connection } from 'mongoose';
import { buildIndexes, createApplication, listen, portOf } from '../application';
import { readConfig, type Config } from '../config';
import { DemoSeeder } from '../demo/demo.seeder';
import { connect, connectRaw, type RawSocket, type TestSocket } from './test-socket';

/** A person with a login. */
export interface TestUser {
  readonly user: User;
  readonly email: string;
  readonly token: string;
  /** `name=value` of the refresh cookie. */
  readonly cookie: string;
}

/** A course as its repository gives it. */
export type TestCourse = Awaited<ReturnType<CourseRepository['create']>>;

/** An answer of the REST API. */
export interface RestAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export const PASSWORD = 'a-password-for-specs';
export const JWT_SECRET = 'a-secret-that-only-the-specs-know-0123456789';
export const WEBHOOK_SECRET = 'a-shop-secret-for-specs';

/** The whole application on a free port, over a database of its own. */
export class TestServer {
  private readonly sockets: { close(): void }[] = [];
  private names = 0;

  private constructor(
    readonly app: NestExpressApplication,
    readonly config: Config,
    private readonly database: TestDatabase,
    private readonly ownsDatabase: boolean,
  ) {}

  /**
   * @param env settings as the environment gives them: strings
   * @param beside a node whose database this one shares
   */
  static async start(env: Record<string, string> = {}, beside?: TestServer): Promise<TestServer> {
    const database = beside?.database ?? (await testDatabase());
    const config = readConfig({
      NODE_ENV: 'test',
      PORT: '0',
      MONGODB_URI: database.uri,
      JWT_SECRET,
      DEMO: 'true',
      LOG_LEVEL: 'silent',
      RATE_LIMIT_SCALE: '10000',
      ENROLLMENT_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PRESENCE_GRACE_SECONDS: '0.2',
      ...env,
    });
    const app = await createApplication(config);
    await buildIndexes(app);
    await listen(app, config);
    return new TestServer(app, config, database, !beside);
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.app, this.config.PORT)}`;
  }

  get connection(): Connection {
    return this.database.connection;
  }

  async seedDemo(): Promise<void> {
    await this.app.get(DemoSeeder).seed();
  }

  /** A call with or without a token; the body is JSON unless it is a string or bytes. */
  async call<T = unknown>(
    method: string,
    path: string,
    options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<RestAnswer<T>> {
    const isRaw = typeof options.body === 'string' || options.body instanceof Uint8Array;
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...(options.token && { authorization: `Bearer ${options.token}` }),
        ...options.headers,
      },
      ...(options.body !== undefined && { body: isRaw ? (options.body as string) : JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as T };
  }

  /** The REST API as one person uses it. */
  rest(who: TestUser) {
    return {
      get: <T = unknown>(path: string) => this.call<T>('GET', path, { token: who.token }),
      post: <T = unknown>(path: string, body: unknown = {}) => this.call<T>('POST', path, { token: who.token, body }),
      delete: <T = unknown>(path: string, body?: unknown) => this.call<T>('DELETE', path, { token: who.token, body }),
    };
  }

  /** A new account with a login: made where the product makes it, since tutors have no registration. */
  async signUp(role: Role = 'student', name = `${role} ${++this.names}`): Promise<TestUser> {
    const email = `${role}.${randomUUID()}@example.com`;
    await this.app.get(UserRepository).create({ email, name, role, passwordHash: await this.hashOfPassword() });
    return this.login(email);
  }

  /** Another login of the same person. */
  async login(email: string): Promise<TestUser> {
    return this.asUser(email, await this.call('POST', '/auth/login', { body: { email, password: PASSWORD } }));
  }

  course(...tutors: TestUser[]): Promise<TestCourse> {
    const title = `Course ${++this.names}`;
    return this.app
      .get(CourseRepository)
      .create({ title, summary: 'For specs', priceCents: 100, tutorIds: tutors.map(idOf) });
  }

  async setTutors(course: TestCourse, ...tutors: TestUser[]): Promise<void> {
    await this.app.get(EnrollmentService).setTutors(course.id, tutors.map(idOf));
  }

  async enroll(student: TestUser, course: { id: string }): Promise<void> {
    const answer = await this.rest(student).post(`/courses/${course.id}/purchase`);
    if (answer.status !== 201) throw new Error(`The purchase answered ${answer.status}`);
  }

  /** A refund as the shop would tell of it. */
  async refund(student: TestUser, course: { id: string }, at = new Date()): Promise<void> {
    await this.app.get(EnrollmentService).apply({
      eventId: randomUUID(),
      type: 'refunded',
      courseId: course.id,
      student: { email: student.email, name: student.user.name },
      at: at.toISOString(),
    });
  }

  /** A shop's event, signed; what is not given is made up. */
  shopEvent(
    event: Partial<EnrollmentEvent>,
    options: { secret?: string; signature?: string } = {},
  ): Promise<RestAnswer<unknown>> {
    const body = JSON.stringify({
      eventId: randomUUID(),
      type: 'enrolled',
      courseId: 'f'.repeat(24),
      student: { email: `${randomUUID()}@example.com`, name: 'From the shop' },
      at: new Date().toISOString(),
      ...event,
    });
    const signature = options.signature ?? signatureOf(body, options.secret ?? WEBHOOK_SECRET);
    return this.call('POST', '/integrations/enrollments', { body, headers: { [SIGNATURE_HEADER]: signature } });
  }

  /** A student and a tutor with a course between them and an open chat. */
  async pair(): Promise<TestPair> {
    const [student, tutor] = await Promise.all([this.signUp('student'), this.signUp('tutor')]);
    const course = await this.course(tutor);
    await this.enroll(student, course);
    return { student, tutor, course, chatId: await this.openChat(student, tutor, course) };
  }

  async openChat(student: TestUser, tutor: TestUser, course: { id: string }): Promise<string> {
    const { body } = await this.rest(student).post<Chat>('/users/chats', {
      courseId: course.id,
      tutorId: tutor.user.id,
    });
    return body.id;
  }

  /** A message written over REST. */
  async write(who: TestUser, chatId: string, text: string, clientMessageId: string = randomUUID()): Promise<Message> {
    const { status, body } = await this.rest(who).post<Message>(`${chatsOf(who)}/${chatId}/messages`, {
      clientMessageId,
      text,
    });
    if (status >= 300) throw new Error(`The message was answered ${status}`);
    return body;
  }

  /** A connected socket of this person, which remembers every event it hears. */
  async socket(who: TestUser): Promise<TestSocket> {
    const socket = await connect(this.url, who.token);
    this.sockets.push(socket);
    return socket;
  }

  /** A socket without types or an automatic reconnect, for input that no honest client sends. */
  rawSocket(options: Parameters<typeof connectRaw>[1]): RawSocket {
    const socket = connectRaw(this.url, options);
    this.sockets.push(socket);
    return socket;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.close();
    await this.app.close();
    if (this.ownsDatabase) await this.database.drop();
  }

  private hash?: Promise<string>;
  private hashOfPassword(): Promise<string> {
    // As cheap as argon2 can be: a hash says itself what it costs to check.
    return (this.hash ??= hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 }));
  }

  private asUser(email: string, { status, body, headers }: RestAnswer<unknown>): TestUser {
    if (status >= 300) throw new Error(`The login answered ${status}`);
    const { accessToken, user } = body as Session;
    return { user, email, token: accessToken, cookie: cookieOf(headers) };
  }
}

/** Two members of a chat. */
export interface TestPair {
  readonly student: TestUser;
  readonly tutor: TestUser;
  readonly course: TestCourse;
  readonly chatId: string;
}

/** Where this person's chats are. */
export function chatsOf(who: TestUser): '/users/chats' | '/tutors/chats' {
  return who.user.role === 'tutor' ? '/tutors/chats' : '/users/chats';
}

/** What an access token says, unchecked. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** The login that a person's token belongs to. */
export function sessionOf(who: TestUser): string {
  return String(claimsOf(who.token)['sid']);
}

/** `name=value` of the cookie an answer sets; empty when it sets none. */
export function cookieOf(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

function idOf(who: TestUser): string {
  return who.user.id;
}
