/**
 * The server needs the Node build of ws; the client side takes whatever stands in for a browser's WebSocket.
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
import type { ApplicationRef } from '@angular/core';
import type { ClientToServerEvents, EventPayload, ServerToClientEvents } from '@course-chat/contracts';
import { sampleChat, sampleCommands, sampleEvents, sampleMessage } from '@course-chat/contracts/testing';
import { Socket } from 'ngx-socket-io';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { filter, firstValueFrom, take, timeout, toArray } from 'rxjs';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { CommandError } from './command-error';
import { RealtimeSocket, type SocketStatus } from './realtime-socket';

type Wire = Server<ClientToServerEvents, ServerToClientEvents>;

/** A real Socket.IO server: what it was offered, and who is connected. */
class Peer {
  readonly http: HttpServer = createServer();
  readonly io: Wire = new Server(this.http, { transports: ['websocket'] });
  readonly tokens: unknown[] = [];
  accepts: (token: unknown) => boolean = () => true;
  sockets: ServerSocket<ClientToServerEvents, ServerToClientEvents>[] = [];
  onConnection: (socket: ServerSocket<ClientToServerEvents, ServerToClientEvents>) => void = () => undefined;

  async listen(): Promise<string> {
    this.io.use((socket, next) => {
      this.tokens.push(socket.handshake.auth['token']);
      if (this.accepts(socket.handshake.auth['token'])) return next();
      next(Object.assign(new Error('no'), { data: { code: 'UNAUTHENTICATED' } }));
    });
    this.io.on('connection', (socket) => {
      this.sockets.push(socket);
      this.onConnection(socket);
    });
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }
}

describe(RealtimeSocket.name, () => {
  let peer: Peer;
  let raw: Socket;
  let socket: RealtimeSocket;
  let warnings: string[];
  let token: jest.Mock<string | null | Promise<string | null>, [string?]>;

  beforeEach(async () => {
    peer = new Peer();
    const url = await peer.listen();
    // Only `fromEvent` uses the application, and nothing here calls it.
    raw = new Socket(
      { url, options: { transports: ['websocket'], autoConnect: false, reconnection: false, forceNew: true } },
      null as unknown as ApplicationRef,
    );
    warnings = [];
    token = jest.fn<string | null | Promise<string | null>, [string?]>(() => 'token-1');
    socket = new RealtimeSocket(async () => raw, token, {
      random: () => 0,
      commandTimeoutMs: 150,
      warn: (message) => warnings.push(message),
    });
  });

  afterEach(async () => {
    socket.disconnect();
    await peer.io.close();
  });

  const becomes = (status: SocketStatus) =>
    firstValueFrom(
      socket.status$.pipe(
        filter((now) => now === status),
        timeout(3_000),
      ),
    );

  async function online(): Promise<void> {
    socket.connect();
    await becomes('online');
  }

  it('connects on request only, over websocket, with the token of the moment', async () => {
    expect(socket.status).toBe('idle');
    await online();
    expect(peer.tokens).toEqual(['token-1']);
    expect(peer.sockets[0]?.conn.transport.name).toBe('websocket');
  });

  it('loads the socket library when a connection is wanted, and once more when that failed', async () => {
    const load = jest.fn(async () => raw).mockRejectedValueOnce(new Error('network'));
    const lazy = new RealtimeSocket(load, token, { random: () => 0 });
    expect(load).not.toHaveBeenCalled();
    lazy.connect();
    await firstValueFrom(
      lazy.status$.pipe(
        filter((now) => now === 'online'),
        timeout(3_000),
      ),
    );
    expect(load).toHaveBeenCalledTimes(2);
    lazy.disconnect();
  });

  it('answers a command with its parsed data', async () => {
    peer.onConnection = (s) => s.on('join_chat', (_, ack) => ack({ ok: true, data: sampleChat }));
    await online();
    expect(await socket.command('join_chat', sampleCommands.join_chat.payload)).toEqual(sampleChat);
  });

  it('rejects with the code of the server, and knows that nothing was done', async () => {
    peer.onConnection = (s) =>
      s.on('send_message', (_, ack) =>
        ack({ ok: false, error: { code: 'RATE_LIMITED', message: 'slow', correlationId: 'c', retryAfterMs: 700 } }),
      );
    await online();
    await expect(socket.command('send_message', sampleCommands.send_message.payload)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 700,
      correlationId: 'c',
      outcomeKnown: true,
    });
  });

  it('does not know the outcome of a command that was never answered', async () => {
    await online();
    await expect(socket.command('join_chat', sampleCommands.join_chat.payload)).rejects.toMatchObject({
      code: 'TIMEOUT',
      outcomeKnown: false,
    });
  });

  it('does not know the outcome when the connection ends in between', async () => {
    peer.onConnection = (s) => s.on('join_chat', () => s.conn.close());
    await online();
    await expect(socket.command('join_chat', sampleCommands.join_chat.payload)).rejects.toMatchObject({
      code: 'DISCONNECTED',
      outcomeKnown: false,
    });
  });

  it('sends nothing while offline, and keeps nothing for later', async () => {
    const heard = jest.fn();
    peer.onConnection = (s) => s.onAny(heard);
    await expect(socket.command('join_chat', sampleCommands.join_chat.payload)).rejects.toMatchObject({
      code: 'DISCONNECTED',
      outcomeKnown: true,
    });
    await online();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).not.toHaveBeenCalled();
  });

  it('treats data of the wrong shape as an error, not as data', async () => {
    peer.onConnection = (s) => s.on('join_chat', (_, ack) => ack({ ok: true, data: { id: 'x' } as never }));
    await online();
    await expect(socket.command('join_chat', sampleCommands.join_chat.payload)).rejects.toBeInstanceOf(CommandError);
  });

  it('drops an event of the wrong shape and says so once', async () => {
    const heard: unknown[] = [];
    socket.on('message_created').subscribe((payload) => heard.push(payload));
    await online();
    const bad = { message: { ...sampleMessage, seq: 'one' } } as unknown as EventPayload<'message_created'>;
    for (const payload of [bad, bad, sampleEvents.message_created]) peer.io.emit('message_created', payload);
    await firstValueFrom(socket.on('message_created').pipe(timeout(2_000)));
    expect(heard).toEqual([sampleEvents.message_created]);
    expect(warnings).toEqual([expect.stringContaining('message_created')]);
    expect(warnings[0]).not.toContain(sampleMessage.text);
  });

  it('hears every event once, however often it reconnected', async () => {
    const heard: unknown[] = [];
    socket.on('message_created').subscribe((payload) => heard.push(payload));
    socket.on('message_created').subscribe();
    await online();
    for (let round = 0; round < 3; round++) {
      peer.sockets.at(-1)?.conn.close();
      await becomes('offline');
      await becomes('online');
    }
    expect(peer.tokens).toHaveLength(4);
    expect(raw.ioSocket.listeners('message_created')).toHaveLength(1);
    for (const name of ['connect', 'disconnect', 'connect_error'] as const)
      expect(raw.ioSocket.listeners(name)).toHaveLength(1);
    peer.io.emit('message_created', sampleEvents.message_created);
    await firstValueFrom(socket.on('message_created').pipe(timeout(2_000)));
    expect(heard).toHaveLength(1);
  });

  it('comes back with a new token when the server ends the connection', async () => {
    token.mockReturnValueOnce('token-1').mockReturnValue(Promise.resolve('token-2'));
    await online();
    peer.sockets[0]?.disconnect(true);
    await becomes('offline');
    await becomes('online');
    expect(peer.tokens).toEqual(['token-1', 'token-2']);
  });

  it('shows the server each newer token once, and goes on', async () => {
    const shown: string[] = [];
    peer.onConnection = (accepted) =>
      accepted.on('renew_session', ({ token: newer }, ack) => {
        shown.push(newer);
        ack({ ok: true, data: { expiresAt: '2026-11-22T18:00:00.000Z' } });
      });
    await socket.renew('before there is a connection');
    await online();
    for (const newer of ['token-1', 'token-2', 'token-2']) await socket.renew(newer);
    expect(shown).toEqual(['token-2']);
    expect([socket.status, peer.sockets.length]).toEqual(['online', 1]);
  });

  it('comes back by itself when the newer token is not for this connection, and stays when nobody answers', async () => {
    let answers = false;
    peer.onConnection = (accepted) =>
      accepted.on('renew_session', (_, ack) => {
        const error = { code: 'UNAUTHENTICATED', message: 'Another login', correlationId: 'c' } as const;
        if (answers) ack({ ok: false, error });
      });
    await online();
    await socket.renew('token-2');
    expect(socket.status).toBe('online');
    answers = true;
    const offline = becomes('offline');
    await socket.renew('token-2');
    await offline;
    await becomes('online');
    expect(peer.sockets).toHaveLength(2);
  });

  it('is offline as soon as the network is known to be gone, and comes back', async () => {
    await online();
    socket.lose();
    await becomes('offline');
    await becomes('online');
    expect(peer.tokens).toHaveLength(2);
  });

  it('names the refused token when it asks for another', async () => {
    peer.accepts = (offered) => offered === 'token-2';
    token.mockImplementation((refused) => (refused === 'token-1' ? 'token-2' : 'token-1'));
    await online();
    expect(peer.tokens).toEqual(['token-1', 'token-2']);
  });

  it('stops when nobody is signed in, and starts again on request', async () => {
    token.mockReturnValueOnce(null);
    const seen = firstValueFrom(socket.status$.pipe(take(3), toArray()));
    socket.connect();
    expect(await seen).toEqual(['idle', 'connecting', 'offline']);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(peer.tokens).toEqual([]);
    await online();
  });

  it('keeps trying when the token cannot be had', async () => {
    token.mockRejectedValueOnce(new Error('network'));
    await online();
    expect(token).toHaveBeenCalledTimes(2);
  });

  it('does not connect after all when it was released while the token was on its way', async () => {
    let give: (value: string) => void = () => undefined;
    token.mockReturnValueOnce(new Promise((resolve) => (give = resolve)));
    socket.connect();
    socket.disconnect();
    give('late');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(peer.tokens).toEqual([]);
    expect(socket.status).toBe('idle');
  });

  it('waits as long as a draining server asked', async () => {
    await online();
    socket.on('server_draining').subscribe(() => peer.sockets[0]?.disconnect(true));
    const asked = performance.now();
    peer.io.emit('server_draining', { reconnectInMs: 400 });
    await becomes('offline');
    await becomes('online');
    expect(performance.now() - asked).toBeGreaterThan(380);
  });
});
