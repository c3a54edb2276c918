import { createServer } from 'node:http';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { createAdapter as createStreamsAdapter } from '@socket.io/redis-streams-adapter';
import { Redis, type RedisOptions } from 'ioredis';
import { Server } from 'socket.io';
import type { AdapterName } from './adapters.ts';

/** One node of two: no database, so that what is measured is what the adapter costs. Settings as the product has them. */
const { ADAPTER, PORT = '', REDIS_URL = '' } = process.env;

const AT_ONCE: RedisOptions = {
  enableOfflineQueue: false,
  commandTimeout: 1_000,
  maxRetriesPerRequest: 0,
  retryStrategy: (tries) => Math.min(tries * 100, 2_000),
};
const WAITING: RedisOptions = { ...AT_ONCE, enableOfflineQueue: true, maxRetriesPerRequest: null };
delete WAITING.commandTimeout;

const makers: Record<AdapterName, () => Parameters<Server['adapter']>[0]> = {
  'pub/sub': () => createAdapter(open(AT_ONCE), open(WAITING)),
  'sharded pub/sub': () => createShardedAdapter(open(AT_ONCE), open(WAITING)),
  // Its readers are copies of the one it is given and ask again at once when they fail: one that fails at once would never rest.
  streams: () => createStreamsAdapter(open(WAITING)),
};

const http = createServer((_request, response) => void response.end('ok'));
const io = new Server(http, { serveClient: false, perMessageDeflate: false });
io.adapter(makers[ADAPTER as AdapterName]());
io.on('connection', (socket) => {
  const user = String(socket.handshake.auth['user']);
  void socket.join(`user:${user}`);
  socket.on('send', (message: { to: string }, answer: () => void) => {
    io.to([`user:${user}`, `user:${message.to}`]).emit('message_created', message);
    answer();
  });
});
http.listen(Number(PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
// What cannot be told while Redis is away is lost, as in the product; that it failed is no news.
process.on('unhandledRejection', () => {});

function open(options: RedisOptions): Redis {
  return new Redis(REDIS_URL, options).on('error', () => {});
}
