import { randomUUID } from 'node:crypto';
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { test as people } from './people';
import { newcomer, PASSWORD } from './people';
import { STAFF, staffCourseId, staffCourseTitle, staffEmail, staffId } from './staff.mjs';

/** Somebody with a login; what they do here goes over REST, as a client without a browser would. */
export class Person {
  private constructor(
    readonly name: string,
    readonly email: string,
    readonly id: string,
    readonly role: 'student' | 'tutor',
    private readonly token: string,
    private readonly openContext: (options?: BrowserContextOptions) => Promise<BrowserContext>,
  ) {}

  static async enter(
    openContext: Person['openContext'],
    path: 'login' | 'register',
    body: { email: string; password: string; name?: string },
  ): Promise<Person> {
    const response = await fetch(`${process.env['E2E_BASE_URL']}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    const { accessToken, user } = (await response.json()) as {
      accessToken: string;
      user: { id: string; name: string; role: 'student' | 'tutor' };
    };
    return new Person(user.name, body.email, user.id, user.role, accessToken, openContext);
  }

  /** Where this person's chats are, in the portal. */
  get chats(): string {
    return this.role === 'tutor' ? '/tutor/chats' : '/chats';
  }

  /** A browser of their own, logged in, at `path`. */
  async open(path: string, options?: BrowserContextOptions): Promise<Page> {
    const context = await this.openContext(options);
    const login = await context.request.post('/api/auth/login', { data: { email: this.email, password: PASSWORD } });
    if (!login.ok()) throw new Error(`The login answered ${login.status()}`);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  async post<T>(path: string, data: object = {}): Promise<T> {
    const response = await fetch(`${process.env['E2E_BASE_URL']}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify(data),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Writes one message after the other. */
  async say(chatId: string, ...texts: string[]): Promise<void> {
    const side = this.role === 'tutor' ? 'tutors' : 'users';
    for (const text of texts) {
      await this.post(`/${side}/chats/${chatId}/messages`, { clientMessageId: randomUUID(), text });
    }
  }
}

/** A student and a tutor of one's own, and their chat. */
export interface Pair {
  readonly student: Person;
  readonly tutor: Person;
  readonly chatId: string;
  readonly course: string;
}

/** How many tutors this worker has taken; a worker that is started again begins elsewhere. */
let taken = 0;
const PER_WORKER = 30;

interface Cast {
  /** A new student of a tutor nobody else plays; `index` names the tutor. */
  pair: (studentName?: string, index?: number) => Promise<Pair>;
  /** One more student of the same tutor. */
  join: (pair: Pair, studentName: string) => Promise<Pair>;
  /** A person of the demo. */
  demo: (email: string) => Promise<Person>;
}

/** Playwright's test with people; their browsers close with it. */
export const test = people.extend<Cast & { openContext: Person['openContext'] }>({
  openContext: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL, ...options });
      contexts.push(context);
      return context;
    });
    for (const context of contexts) await context.close();
  },
  pair: async ({ openContext }, use, info) => {
    await use(
      async (studentName = 'Stu Dent', index = ((info.workerIndex % 3) * PER_WORKER + taken++) % (STAFF - 1)) => {
        const tutor = await Person.enter(openContext, 'login', { email: staffEmail(index), password: PASSWORD });
        return enrol(await Person.enter(openContext, 'register', newcomer(studentName)), tutor, index);
      },
    );
  },
  join: async ({ openContext }, use) => {
    await use(async ({ tutor }, studentName) => {
      const index = Number(/\d+/.exec(tutor.email)?.[0]);
      return enrol(await Person.enter(openContext, 'register', newcomer(studentName)), tutor, index);
    });
  },
  demo: async ({ openContext }, use) => {
    await use((email) => Person.enter(openContext, 'login', { email, password: PASSWORD }));
  },
});

async function enrol(student: Person, tutor: Person, index: number): Promise<Pair> {
  const courseId = staffCourseId(index);
  await student.post(`/courses/${courseId}/purchase`);
  const { id } = await student.post<{ id: string }>('/users/chats', { courseId, tutorId: staffId(index) });
  return { student, tutor, chatId: id, course: staffCourseTitle(index) };
}
