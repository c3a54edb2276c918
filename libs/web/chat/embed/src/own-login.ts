import { inject, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { authEffects, HAS_UNSENT, provideAuth, selectUser, SessionRefresher } from '@course-chat/web/auth';
import { CURRENT_USER, UnsentMessages } from '@course-chat/web/chat/state';
import { ACCESS_TOKEN, type AccessTokenSource } from '@course-chat/web/realtime';
import { Store } from '@ngrx/store';
import * as sessionEffects from './session.effects';

function accessToken(): AccessTokenSource {
  const refresher = inject(SessionRefresher);
  return (refused) => refresher.accessToken(refused);
}

function hasUnsent(): () => Promise<boolean> {
  const unsent = inject(UnsentMessages);
  return () => unsent.exist();
}

/** What keeps our own login alive, and the chat with it. The chat's effects begin with whoever is signed in when they come. */
export const ownLoginEffects = [sessionEffects, ...authEffects];

/** The chat goes by our own login. `ownLoginEffects` belong beside it. */
export function provideOwnLogin(): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: ACCESS_TOKEN, useFactory: accessToken },
    { provide: CURRENT_USER, useFactory: () => inject(Store).selectSignal(selectUser) },
    { provide: HAS_UNSENT, useFactory: hasUnsent },
    provideAuth(),
  ]);
}
