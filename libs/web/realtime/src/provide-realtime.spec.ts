/**
 * The server needs the Node build of ws; the client side takes whatever stands in for a browser's WebSocket.
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
import { TestBed } from '@angular/core/testing';
import { provideEffects } from '@ngrx/effects';
import { provideStore } from '@ngrx/store';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { filter, firstValueFrom, timeout } from 'rxjs';
import { Server } from 'socket.io';
import { ACCESS_TOKEN } from './access-token';
import { provideRealtime } from './provide-realtime';
import { RealtimeSocket } from './realtime-socket';

describe(provideRealtime.name, () => {
  let io: Server;
  afterEach(() => io.close());

  /** Where a server is whose Socket.IO answers at `path`. */
  async function listen(path: string): Promise<string> {
    const http = createServer();
    io = new Server(http, { path, transports: ['websocket'] });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  it.each([
    ['', '/socket.io'],
    ['/', '/socket.io'],
    ['/school/chat-api', '/school/chat-api/socket.io'],
    ['/chat-api/', '/chat-api/socket.io'],
  ])('connects to a server at an origin with "%s": a path is no namespace', async (path, served) => {
    const url = (await listen(served)) + path;
    TestBed.configureTestingModule({
      providers: [
        provideStore(),
        provideEffects(),
        provideRealtime({ url }),
        { provide: ACCESS_TOKEN, useValue: () => 'token' },
      ],
    });
    const socket = TestBed.inject(RealtimeSocket);
    socket.connect();
    await firstValueFrom(
      socket.status$.pipe(
        filter((status) => status === 'online'),
        timeout(3_000),
      ),
    ).finally(() => socket.disconnect());
  });
});
