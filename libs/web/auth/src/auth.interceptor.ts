import { HttpErrorResponse, type HttpInterceptorFn, type HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { Store } from '@ngrx/store';
import { catchError, from, of, switchMap, throwError, type Observable } from 'rxjs';
import { WITHOUT_SESSION } from './auth-api';
import { selectAccessToken, selectStatus } from './auth.feature';
import { SessionRefresher, type RefreshOutcome } from './session-refresher';

/** Adds the access token to calls of our own api, and after a 401 refreshes once and tries once more. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  if (!request.url.startsWith('/api/') || request.context.get(WITHOUT_SESSION)) return next(request);

  const store = inject(Store);
  const refresher = inject(SessionRefresher);
  const token = store.selectSignal(selectAccessToken);
  const status = store.selectSignal(selectStatus);

  // Nobody knows yet whether there is a session, or there is one that this browser only remembers.
  const isOpen = token() === null && status() !== 'signedOut';
  const ready: Observable<RefreshOutcome | null> = isOpen ? from(refresher.refresh()) : of(null);
  return ready.pipe(
    switchMap((outcome) => {
      // Without a connection nothing is said about the login: a request without a token would be refused for no reason.
      if (outcome === 'unavailable' && status() === 'signedIn') {
        return throwError(() => new HttpErrorResponse({ status: 0, url: request.url }));
      }
      const sent = token();
      return next(withToken(request, sent)).pipe(
        catchError((error: unknown) => {
          if (!(error instanceof HttpErrorResponse) || error.status !== 401 || status() !== 'signedIn') {
            return throwError(() => error);
          }
          // The token may have been replaced while this request was on its way: then there is nothing to refresh.
          const renewed: Observable<RefreshOutcome> = token() === sent ? from(refresher.refresh()) : of('session');
          return renewed.pipe(
            switchMap((outcome) =>
              outcome === 'session' ? next(withToken(request, token())) : throwError(() => error),
            ),
          );
        }),
      );
    }),
  );
};

function withToken(request: HttpRequest<unknown>, token: string | null): HttpRequest<unknown> {
  return token ? request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }) : request;
}
