import { HttpClient, provideHttpClient, withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import {
  createEnvironmentInjector,
  EnvironmentInjector,
  inject,
  InjectionToken,
  type Provider,
  type Type,
} from '@angular/core';
import { authInterceptor } from '@course-chat/web/auth';
import { ChatApi } from '@course-chat/web/chat/state';
import { ACCESS_TOKEN } from '@course-chat/web/realtime';
import { catchError, defer, switchMap, throwError } from 'rxjs';

/** Where the api of the chat is: an origin with a path, or '' for the page's own. */
export const API_BASE = new InjectionToken<string>('API_BASE');

/** Whose login the chat goes by: its own, with a cookie of the api, or that of the application around it. */
export type LoginKind = 'own' | 'external';

const INTERCEPTORS: Record<LoginKind, HttpInterceptorFn> = { own: authInterceptor, external: tokenInterceptor };

/** Shows the application's token to the api; one that was refused is asked for anew, once. */
function tokenInterceptor(...[request, next]: Parameters<HttpInterceptorFn>): ReturnType<HttpInterceptorFn> {
  const accessToken = inject(ACCESS_TOKEN);
  const tokenOf = (refused?: string) => defer(async () => accessToken(refused));
  const send = (token: string | null) =>
    next(token ? request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }) : request);
  return tokenOf().pipe(
    switchMap((token) =>
      send(token).pipe(
        catchError((error: { status?: number } | null) => {
          if (error?.status !== 401 || !token) return throwError(() => error);
          return tokenOf(token).pipe(switchMap((another) => send(another)));
        }),
      ),
    ),
  );
}

/** Every address of the chat begins with /api; elsewhere it is that of another origin. */
const baseInterceptor: HttpInterceptorFn = (request, next) => {
  const base = inject(API_BASE);
  if (!base || !request.url.startsWith('/api/')) return next(request);
  return next(request.clone({ url: base + request.url, withCredentials: true }));
};

const OWN_HTTP = new InjectionToken<EnvironmentInjector>('OWN_HTTP');

/**
 * The chat's own HttpClient beside the application's: its token goes to nobody else, and the application's interceptors do
 * not see what people write.
 */
export function provideOwnHttp(kind: LoginKind, services: readonly Type<unknown>[] = []): Provider[] {
  const own = [ChatApi, ...services];
  return [
    {
      provide: OWN_HTTP,
      useFactory: () =>
        createEnvironmentInjector(
          [provideHttpClient(withInterceptors([INTERCEPTORS[kind], baseInterceptor])), ...own],
          inject(EnvironmentInjector),
        ),
    },
    ...own.map((service) => ({ provide: service, useFactory: () => inject(OWN_HTTP).get(service) })),
  ];
}

/** The chat's HttpClient, for what it asks itself. */
export function ownHttp(): HttpClient {
  return inject(OWN_HTTP).get(HttpClient);
}
