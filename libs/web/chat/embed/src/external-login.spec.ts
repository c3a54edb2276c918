import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { sampleStudent } from '@course-chat/contracts/testing';
import { ChatApi, CURRENT_USER, toCommandError } from '@course-chat/web/chat/state';
import { ACCESS_TOKEN, RealtimeSocket } from '@course-chat/web/realtime';
import { firstValueFrom } from 'rxjs';
import { provideCourseChat } from './provide-course-chat';

/** A login that renews its token by itself, and has none while it does. */
class Login {
  readonly signedIn = signal(false);
  readonly token = signal<string | null>(null);

  // A method, as a class may have it: it needs its `this`.
  async accessToken(refused?: string): Promise<string | null> {
    return this.token() === refused ? null : this.token();
  }
}

describe('the login of the application', () => {
  let login: Login;
  /** The tokens shown at an address of the api. */
  let shown: Record<string, (string | null)[]>;
  /** Tokens the api believes. */
  let believed: string[];

  beforeEach(() => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    shown = {};
    believed = ['one', 'two'];
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (address, options) => {
      const token = new Headers(options?.headers).get('Authorization');
      (shown[new URL(String(address)).pathname] ??= []).push(token);
      if (believed.some((good) => token === `Bearer ${good}`)) return Response.json(sampleStudent);
      const error = { code: 'UNAUTHENTICATED', message: 'No', correlationId: 'c' };
      return Response.json({ error }, { status: 401 });
    });
    login = new Login();
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideCourseChat({ apiBase: 'https://chat.school.example', login: () => login })],
    });
    jest.spyOn(TestBed.inject(RealtimeSocket), 'connect').mockImplementation(() => undefined);
  });
  afterEach(() => jest.restoreAllMocks());

  const user = () => TestBed.inject(CURRENT_USER)()?.id;
  const token = (refused?: string) => TestBed.inject(ACCESS_TOKEN)(refused);
  const pass = async (ms: number) => {
    TestBed.tick();
    await new Promise((resolve) => setTimeout(resolve, ms));
    TestBed.tick();
  };
  const signIn = async (first: string | null) => {
    login.token.set(first);
    login.signedIn.set(true);
    TestBed.inject(CURRENT_USER);
    await pass(20);
  };

  it('has nobody only when nobody is signed in: no token just now is trouble that passes', async () => {
    await expect(token()).resolves.toBeNull();
    await signIn('one');
    await expect(token()).resolves.toBe('one');
    await expect(token('one')).rejects.toMatchObject({ code: 'UNAVAILABLE', outcomeKnown: true });
    login.token.set('two');
    await expect(token('one')).resolves.toBe('two');
    login.signedIn.set(false);
    await expect(token('two')).resolves.toBeNull();
  });

  it('keeps the socket trying while a refused token is renewed', async () => {
    const heard: Record<string, (error?: unknown) => void> = {};
    const io = { on: (name: string, listener: () => void) => (heard[name] = listener), connect: jest.fn() };
    const socket = new RealtimeSocket(async () => ({ ioSocket: io }) as never, TestBed.inject(ACCESS_TOKEN));
    await signIn('one');
    socket.connect();
    await pass(20);
    heard['connect_error']?.({ data: { code: 'UNAUTHENTICATED' } });
    await pass(150);
    expect([io.connect.mock.calls.length, socket.status]).toEqual([1, 'offline']);
    login.token.set('two');
    socket.hurry();
    await pass(20);
    expect([io.connect.mock.calls.length, socket.status]).toEqual([2, 'connecting']);
  });

  it('keeps the person while the token is away for a moment', async () => {
    await signIn('one');
    expect(user()).toBe(sampleStudent.id);
    login.token.set(null);
    await pass(20);
    expect(user()).toBe(sampleStudent.id);
    expect(shown['/api/auth/me']).toEqual(['Bearer one']);
    login.signedIn.set(false);
    await pass(20);
    expect(user()).toBeUndefined();
  });

  it('asks who that is again as long as there is no token, and shows the api none without', async () => {
    await signIn(null);
    expect(user()).toBeUndefined();
    login.token.set('one');
    await pass(150);
    expect(user()).toBe(sampleStudent.id);
    expect(shown['/api/auth/me']).toEqual(['Bearer one']);
  });

  it('believes the api that a token is nobody, when the next one is refused too', async () => {
    believed = ['two'];
    jest.spyOn(login, 'accessToken').mockImplementation(async (refused) => (refused ? 'three' : 'one'));
    await signIn('one');
    await pass(150);
    expect(shown['/api/auth/me']).toEqual(['Bearer one', 'Bearer three']);
    expect(user()).toBeUndefined();
  });

  it('tells whoever asked the api that there is no token, and asks for another after a refusal', async () => {
    await signIn('one');
    believed = ['two'];
    const ask = () => firstValueFrom(TestBed.inject(ChatApi).listTutors()).catch(toCommandError);
    expect(await ask()).toMatchObject({ code: 'UNAVAILABLE', outcomeKnown: true });
    jest.spyOn(login, 'accessToken').mockImplementation(async (refused) => (refused ? 'two' : 'one'));
    await ask();
    expect(shown['/api/users/chats/tutors']).toEqual(['Bearer one', 'Bearer one', 'Bearer two']);
  });
});
