import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Component } from '@angular/core';
import { provideStore, Store } from '@ngrx/store';
import { AuthApiActions } from './auth.actions';
import { authFeature } from './auth.feature';
import { roleGuard, signedInGuard, signedOutGuard, startGuard } from './auth.guards';
import { ana, lena, sessionOf } from './testing/samples';

@Component({ template: 'page' })
class Page {}

@Component({ template: 'no access' })
class NoAccess {}

describe('guards', () => {
  let store: Store;
  let router: Router;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideStore({ [authFeature.name]: authFeature.reducer }),
        provideRouter([
          { path: '', pathMatch: 'full', canActivate: [startGuard], children: [] },
          { path: 'login', canActivate: [signedOutGuard], component: Page },
          { path: 'courses', canActivate: [signedInGuard], component: Page },
          { path: 'chats/:chatId', canActivate: [roleGuard('student')], component: Page },
          { path: 'tutor', canActivate: [roleGuard('tutor')], component: Page },
          { path: 'no-access', component: NoAccess },
        ]),
      ],
    });
    store = TestBed.inject(Store);
    router = TestBed.inject(Router);
  });

  const nobody = () => store.dispatch(AuthApiActions.nobodyLoggedIn());
  const signIn = (user = lena) => store.dispatch(AuthApiActions.loggedIn({ session: sessionOf(user) }));
  const visit = async (url: string) => {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    return harness.routeNativeElement?.textContent;
  };

  it('waits until it is known whether somebody is logged in', async () => {
    const visited = visit('/courses');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(router.url).toBe('/');
    signIn();
    await visited;
    expect(router.url).toBe('/courses');
  });

  it('opens the page in a task of its own: the session sets off much else in this one', async () => {
    const visited = visit('/courses');
    await new Promise((resolve) => setTimeout(resolve, 5));
    signIn();
    for (let microtask = 0; microtask < 1_000; microtask++) await Promise.resolve();
    expect(router.url).toBe('/');
    await visited;
    expect(router.url).toBe('/courses');
  });

  it('remembers the address asked for, with its query', async () => {
    nobody();
    await visit('/chats/65f1a2b3c4d5e6f708090a01?seq=7');
    expect(router.parseUrl(router.url).queryParams['returnUrl']).toBe('/chats/65f1a2b3c4d5e6f708090a01?seq=7');
  });

  it('lets the named role in', async () => {
    signIn(ana);
    expect(await visit('/tutor')).toBe('page');
  });

  it('shows other roles why not, and leaves the address bar as it is', async () => {
    signIn(lena);
    expect(await visit('/tutor')).toBe('no access');
    expect(TestBed.inject(Location).path()).not.toContain('no-access');
  });

  it('shows the login at once where this browser remembers nobody: the answer to the refresh would only make it later', async () => {
    expect(await visit('/login')).toBe('page');
  });

  it('keeps people who are logged in away from the login', async () => {
    signIn();
    await visit('/login?returnUrl=%2Fchats%2F65f1a2b3c4d5e6f708090a01');
    expect(router.url).toBe('/chats/65f1a2b3c4d5e6f708090a01');
  });

  it('does not follow a return address that leaves the site', async () => {
    signIn();
    await visit('/login?returnUrl=%2F%2Fevil.example');
    expect(router.url).toBe('/courses');
  });

  it.each([
    ['a student to the courses', lena, '/courses'],
    ['a tutor to their area', ana, '/tutor'],
  ])('leads %s', async (_, user, start) => {
    signIn(user);
    await visit('/');
    expect(router.url).toBe(start);
  });

  it('leads everybody else from / to the login', async () => {
    nobody();
    await visit('/');
    expect(router.url).toBe('/login');
  });
});
