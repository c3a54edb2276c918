import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideStore, Store } from '@ngrx/store';
import { firstValueFrom } from 'rxjs';
import { AuthActions, AuthApiActions } from './auth.actions';
import { AuthApi } from './auth-api';
import { authFeature, selectStatus } from './auth.feature';
import { authInterceptor } from './auth.interceptor';
import { lena, sessionOf } from './testing/samples';

const refused = { error: { code: 'UNAUTHENTICATED', message: 'No', correlationId: 'c' } };
const unauthorized = { status: 401, statusText: 'Unauthorized' };

describe('authInterceptor', () => {
  let http: HttpClient;
  let server: HttpTestingController;
  let store: Store;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideStore({ [authFeature.name]: authFeature.reducer }),
        provideHttpClient(withInterceptors([authInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    http = TestBed.inject(HttpClient);
    server = TestBed.inject(HttpTestingController);
    store = TestBed.inject(Store);
  });

  afterEach(() => server.verify());

  const signIn = (token = 'token-1') => store.dispatch(AuthApiActions.loggedIn({ session: sessionOf(lena, token) }));
  const sentToken = (path: string) => {
    const request = server.expectOne(path);
    return { request, token: request.request.headers.get('Authorization') };
  };
  /** Lets promises that are done run their course. */
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  it('adds the token to calls of the api', () => {
    signIn();
    http.get('/api/courses').subscribe();
    expect(sentToken('/api/courses').token).toBe('Bearer token-1');
  });

  it('gives the token to nobody else', () => {
    signIn();
    http.get('https://elsewhere.example/api/courses').subscribe();
    expect(sentToken('https://elsewhere.example/api/courses').token).toBeNull();
    TestBed.inject(AuthApi).login({ email: 'a@b.example', password: 'x' }).subscribe();
    expect(sentToken('/api/auth/login').token).toBeNull();
  });

  it('waits for the first refresh before it sends anything', async () => {
    const courses = firstValueFrom(http.get('/api/courses'));
    const chats = firstValueFrom(http.get('/api/users/chats'));
    await settle();
    server.expectOne('/api/auth/refresh').flush(sessionOf(lena, 'fresh'));
    await settle();
    for (const path of ['/api/courses', '/api/users/chats']) {
      const { request, token } = sentToken(path);
      expect(token).toBe('Bearer fresh');
      request.flush({});
    }
    await Promise.all([courses, chats]);
  });

  it('asks for a token first for somebody this browser remembers, and sends nothing while there is none', async () => {
    store.dispatch(AuthActions.personRemembered({ user: lena }));
    const first = firstValueFrom(http.get('/api/courses')).catch((error: { status: number }) => error.status);
    server.expectOne('/api/auth/refresh').flush(null, { status: 503, statusText: 'Unavailable' });
    expect(await first).toBe(0);
    const second = firstValueFrom(http.get('/api/courses'));
    server.expectOne('/api/auth/refresh').flush(sessionOf(lena, 'token-2'));
    await settle();
    const { request, token } = sentToken('/api/courses');
    expect(token).toBe('Bearer token-2');
    request.flush([]);
    expect(await second).toEqual([]);
  });

  it('refreshes once for all requests that were refused, and sends each again', async () => {
    signIn('old');
    const answers = [1, 2, 3].map((n) => firstValueFrom(http.get(`/api/courses/${n}`)));
    for (const n of [1, 2, 3]) server.expectOne(`/api/courses/${n}`).flush(refused, unauthorized);
    await settle();
    server.expectOne('/api/auth/refresh').flush(sessionOf(lena, 'new'));
    await settle();
    for (const n of [1, 2, 3]) {
      const { request, token } = sentToken(`/api/courses/${n}`);
      expect(token).toBe('Bearer new');
      request.flush({ n });
    }
    expect(await Promise.all(answers)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('only sends again when the token was replaced while the request was on its way', async () => {
    signIn('old');
    const answer = firstValueFrom(http.get('/api/courses'));
    const first = server.expectOne('/api/courses');
    signIn('new');
    first.flush(refused, unauthorized);
    await settle();
    const { request, token } = sentToken('/api/courses');
    expect(token).toBe('Bearer new');
    request.flush('ok');
    expect(await answer).toBe('ok');
  });

  it('does not try a third time', async () => {
    signIn('old');
    const answer = firstValueFrom(http.get('/api/courses')).catch(({ status }: { status: number }) => status);
    server.expectOne('/api/courses').flush(refused, unauthorized);
    await settle();
    server.expectOne('/api/auth/refresh').flush(sessionOf(lena, 'new'));
    await settle();
    server.expectOne('/api/courses').flush(refused, unauthorized);
    expect(await answer).toBe(401);
  });

  it('ends the session when the refresh is refused, and passes the 401 on', async () => {
    signIn('old');
    const answer = firstValueFrom(http.get('/api/courses')).catch(({ status }: { status: number }) => status);
    server.expectOne('/api/courses').flush(refused, unauthorized);
    await settle();
    server.expectOne('/api/auth/refresh').flush(refused, unauthorized);
    expect(await answer).toBe(401);
    expect(await firstValueFrom(store.select(selectStatus))).toBe('signedOut');
  });

  it('keeps the session when the refresh gets no answer', async () => {
    signIn('old');
    const answer = firstValueFrom(http.get('/api/courses')).catch(({ status }: { status: number }) => status);
    server.expectOne('/api/courses').flush(refused, unauthorized);
    await settle();
    server.expectOne('/api/auth/refresh').error(new ProgressEvent('error'));
    expect(await answer).toBe(401);
    expect(await firstValueFrom(store.select(selectStatus))).toBe('signedIn');
  });
});
