import { inject, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { HAS_UNSENT, provideAuth, selectUser, SessionRefresher } from '@course-chat/web/auth';
import { CURRENT_USER, UnsentMessages } from '@course-chat/web/chat/state';
import { ACCESS_TOKEN, type AccessTokenSource } from '@course-chat/web/realtime';
import { provideEffects } from '@ngrx/effects';
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

/**
 * The chat goes by our own login. Belongs after `provideChatState()`, so that everything else listens when the first refresh is
 * answered.
 */
export function provideOwnLogin(): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: ACCESS_TOKEN, useFactory: accessToken },
    { provide: CURRENT_USER, useFactory: () => inject(Store).selectSignal(selectUser) },
    { provide: HAS_UNSENT, useFactory: hasUnsent },
    provideEffects(sessionEffects),
    provideAuth(),
  ]);
}
