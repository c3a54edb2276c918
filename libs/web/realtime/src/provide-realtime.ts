import { ApplicationRef, inject, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { provideEffects } from '@ngrx/effects';
import { provideState } from '@ngrx/store';
import type { Socket } from 'ngx-socket-io';
import { ACCESS_TOKEN } from './access-token';
import * as connectionEffects from './connection.effects';
import { connectionFeature } from './connection.feature';
import { RealtimeSocket } from './realtime-socket';

/** The socket and the connection slice. Needs `ACCESS_TOKEN`. `url` is the server's origin; the page's own by default. */
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
  // Websocket alone needs no sticky sessions; the socket itself decides when to try again.
  const options = { path: '/socket.io', transports: ['websocket'], autoConnect: false, reconnection: false };
  return new Socket({ url, options }, app);
}
