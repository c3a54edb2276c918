import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as Stream } from 'node:net';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { writeTogether } from './write-together';

describe(writeTogether.name, () => {
  let http: HttpServer;
  let server: Server;
  let streams: Stream[];
  beforeEach(async () => {
    streams = [];
    http = createServer();
    server = new Server(http);
    const together = writeTogether();
    server.engine.on('connection', (connection: object) => together(connection));
    http.on('connection', (stream) => streams.push(stream));
    await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => server.close());

  async function connect(transport: 'websocket' | 'polling') {
    const { port } = http.address() as AddressInfo;
    const client = io(`http://127.0.0.1:${port}`, { transports: [transport], reconnection: false });
    const got: unknown[] = [];
    client.on('news', (news) => got.push(news));
    const socket = await new Promise<import('socket.io').Socket>((resolve) => server.once('connection', resolve));
    if (!client.connected) await new Promise<void>((resolve) => void client.once('connect', resolve));
    return { client, socket, got };
  }
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  /** Resolves when the client has seen whatever was sent before. */
  const roundTrip = (socket: import('socket.io').Socket) => socket.emitWithAck('echo');

  it('what one turn has for a connection is one write to the system', async () => {
    const { client, socket, got } = await connect('websocket');
    client.on('echo', (answer: () => void) => answer());
    await roundTrip(socket);
    const stream = streams[0] as Stream & { _writev: (...args: unknown[]) => void };
    const writev = jest.spyOn(stream, '_writev');
    const write = jest.spyOn(stream, '_write');
    for (const index of numbers(20)) await Promise.resolve().then(() => server.emit('news', index));
    await roundTrip(socket);
    expect(got).toEqual(numbers(20));
    expect(writev.mock.calls.length + write.mock.calls.length).toBe(1);
    client.close();
  });

  it.each(['websocket', 'polling'] as const)('over %s nothing is lost and the order stays', async (transport) => {
    const { client, socket, got } = await connect(transport);
    client.on('echo', (answer: () => void) => answer());
    for (const turn of numbers(10)) {
      for (const index of numbers(10)) socket.emit('news', turn * 10 + index);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await roundTrip(socket);
    expect(got).toEqual(numbers(100));
    client.close();
  });

  it('a connection that is closed still gets what was said before', async () => {
    const { client, socket, got } = await connect('websocket');
    const closed = new Promise((resolve) => client.once('disconnect', resolve));
    socket.emit('news', 'the end');
    socket.disconnect(true);
    await closed;
    expect(got).toEqual(['the end']);
  });
});
