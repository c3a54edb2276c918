import { InjectionToken } from '@angular/core';

/**
 * Where the socket gets the access token for its next handshake; it may refresh first. `refused` is the token the server has
 * just turned down, so that it is not offered again. Null: nobody is signed in, and the socket stops trying.
 */
export type AccessTokenSource = (refused?: string) => string | null | Promise<string | null>;

/** Provided by the application from its session. */
export const ACCESS_TOKEN = new InjectionToken<AccessTokenSource>('ACCESS_TOKEN');
