import { ApplicationRef, inject, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import type { Socket } from 'ngx-socket-io';
import { ACCESS_TOKEN } from './access-token';
import * as connectionEffects from './connection.effects';
import { connectionFeature } from './connection.feature';
import { RealtimeSocket } from './realtime-socket';

/**
 * The socket and the connection slice. Needs `ACCESS_TOKEN`. `url` is where the server is: an origin, a path, or both, as behind
 * a proxy; the page's own origin by default.
 */
export function provideRealtime({ url = '/' }: { url?: string } = {}): EnvironmentProviders {
  return makeEnvironmentProviders([
    {
      provide: RealtimeSocket,
      useFactory: () => {
        const app = inject(ApplicationRef);
        return new RealtimeSocket(() => loadSocket(url, app), inject(ACCESS_TOKEN));
      },
    },
    provideState(connectionFeature),
    provideEffects(connectionEffects),
  ]);
}

async function loadSocket(url: string, app: ApplicationRef): Promise<Socket> {
  const { Socket } = await import('ngx-socket-io');
  const { origin, path } = addressOf(url);
  // Websocket alone needs no sticky sessions; the socket itself decides when to try again.
  const options = { path, transports: ['websocket'], autoConnect: false, reconnection: false };
  return new Socket({ url: origin, options }, app);
}

/** Socket.IO takes a path in its url for a namespace, which no proxy sees: where the server is belongs into its own option. */
function addressOf(url: string): { origin: string; path: string } {
  const [, origin = '/', below = ''] = /^((?:https?:)?\/\/[^/]+)?(.*?)\/*$/i.exec(url) ?? [];
  return { origin, path: `${below}/socket.io` };
}
