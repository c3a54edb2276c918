import { BroadcastChannel } from 'node:worker_threads';
import { HttpErrorResponse } from '@angular/common/http';
import { pendingLogout } from './pending-logout';
import { askForSession } from './ask-for-session';
import { takeSessionAhead } from './session-ahead';
import { lena, sessionOf } from './testing/samples';

describe(askForSession.name, () => {
  const answers = jest.fn<Promise<Pick<Response, 'status' | 'json'>>, [string, RequestInit]>();
  const answer = (status: number, body: unknown) => ({ status, json: async () => body });

  beforeEach(() => {
    localStorage.clear();
    takeSessionAhead();
    answers.mockReset().mockResolvedValue(answer(200, sessionOf(lena, 'ahead')));
    Object.assign(globalThis, { fetch: answers });
  });

  it('has the session there for the first who wants it', async () => {
    askForSession();
    expect(answers.mock.calls.map(([path, { method }]) => [path, method])).toEqual([['/api/auth/refresh', 'POST']]);
    const ahead = takeSessionAhead();
    expect(await ahead?.()).toMatchObject({ accessToken: 'ahead', user: lena });
    expect(takeSessionAhead()).toBeNull();
  });

  it('refuses as the call itself would have', async () => {
    answers.mockResolvedValue(answer(401, { error: { code: 'UNAUTHENTICATED' } }));
    askForSession();
    const refused = await takeSessionAhead()?.().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HttpErrorResponse);
    expect(refused).toMatchObject({ status: 401, error: { error: { code: 'UNAUTHENTICATED' } } });
  });

  it.each([
    ['no answer', () => answers.mockRejectedValue(new TypeError('Failed to fetch'))],
    [
      'an answer of somebody else',
      () => answers.mockResolvedValue({ status: 502, json: () => Promise.reject(new Error()) }),
    ],
  ])('leaves %s to the application', async (_, fail) => {
    fail();
    askForSession();
    expect(await takeSessionAhead()?.()).toBeNull();
  });

  it('asks for nothing while a logout has yet to reach the server', () => {
    pendingLogout.remember();
    askForSession();
    expect(answers).not.toHaveBeenCalled();
    expect(takeSessionAhead()).toBeNull();
  });

  it('does not count where another tab spoke of the session since: it may have logged out', async () => {
    Object.assign(globalThis, { BroadcastChannel });
    askForSession();
    const other = new BroadcastChannel('course-chat.session');
    other.postMessage({ kind: 'loggedOut' });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(takeSessionAhead()).toBeNull();
    other.close();
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  });

  it('asks when it is this tab’s turn', async () => {
    let turn: () => void = () => undefined;
    const request = (_name: string, work: () => Promise<unknown>) =>
      new Promise<void>((done) => (turn = done)).then(work);
    Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
    askForSession();
    expect(answers).not.toHaveBeenCalled();
    turn();
    expect(await takeSessionAhead()?.()).toMatchObject({ accessToken: 'ahead' });
    Reflect.deleteProperty(navigator, 'locks');
  });
});
