import { effect, inject, Injectable, signal, untracked, type Signal } from '@angular/core';
import { toCommandError } from '@course-chat/web/chat/state';
import { userSchema, type User } from '@course-chat/contracts';
import { backoffDelay } from '@course-chat/web/realtime';
import { EXTERNAL_LOGIN } from './options';
import { ownHttp } from './own-http';

/** Who the application's login is to the chat: asked of the api as soon as somebody is logged in, until it answers. */
@Injectable()
export class ExternalUser {
  private readonly http = ownHttp();
  private readonly login = inject(EXTERNAL_LOGIN);
  private readonly found = signal<User | null>(null);
  readonly user: Signal<User | null> = this.found.asReadonly();

  constructor() {
    effect((onCleanup) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let attempt = 0;
      if (!this.login.signedIn()) {
        this.found.set(null);
        return;
      }
      const ask = () =>
        this.http.get<unknown>('/api/auth/me').subscribe({
          next: (answer) => this.found.set(userSchema.parse(answer)),
          error: (error: unknown) => {
            // A token that is not believed will not be believed later: the application has to bring another login.
            if (toCommandError(error).code === 'UNAUTHENTICATED') this.found.set(null);
            else timer = setTimeout(() => (asking = ask()), backoffDelay(attempt++, Math.random));
          },
        });
      // The application may read its token from a signal: that of the same login, renewed, is no reason to ask again.
      let asking = untracked(ask);
      onCleanup(() => {
        clearTimeout(timer);
        asking.unsubscribe();
      });
    });
  }
}
