import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { addressKey, assertModest, DomainError, OpenByAddress, RateLimits } from '@course-chat/api/kernel';
import { FRAME_MAX_BYTES, SOCKETS_PER_ADDRESS } from '@course-chat/contracts';
import type { RequestHandler } from 'express';
import proxyAddr from 'proxy-addr';

/** The head of a request is here by then, or its connection is closed: nobody holds one by sending a byte a minute. */
const HEAD_TIMEOUT_MS = 10_000;
/** A whole request of 64 KB is here by then, on any network a person would chat over. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of usual load balancers (60 s), so that they close first. */
const KEEP_ALIVE_MS = 65_000;
/** How often Node looks for requests that are late. */
const LATE_CHECK_INTERVAL_MS = 2_000;
const HEADERS_MAX = 60;
/** Connections that are no sockets: their share beside those. */
const HTTP_SHARE = 1.25;
/** A body counts as one more call of the pace for so many bytes: large ones cost memory, which others wait for while it is cleared up. */
const PACE_BYTES = 8_192;

/**
 * Time-outs and bounds of the HTTP server itself; before it listens.
 * @param scale multiplies the connections one address may have
 */
export function limitServer(app: NestExpressApplication, connectionsMax: number, scale: number): void {
  const server = app.getHttpServer() as Server & { connectionsCheckingInterval?: number };
  server.headersTimeout = HEAD_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxHeadersCount = HEADERS_MAX;
  server.maxConnections = Math.ceil(connectionsMax * HTTP_SHARE);
  // Read when the server starts to listen; Node's types know it as an option of its constructor alone, which Nest calls.
  server.connectionsCheckingInterval = LATE_CHECK_INTERVAL_MS;
  boundByAddress(server, trustOf(app), Math.ceil(SOCKETS_PER_ADDRESS * HTTP_SHARE * scale));
}

/** Closes what one address opens beyond its share, before a byte is read. A trusted proxy speaks for many. */
function boundByAddress(server: Server, trusts: Trust, most: number): void {
  const open = new OpenByAddress();
  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress !== undefined && trusts(remoteAddress, 0)) return;
    const address = addressKey(remoteAddress);
    if (open.of(address) >= most) socket.destroy();
    else open.add(socket, address);
  });
}

/** Counts every call by the address it comes from, before anybody reads its body or asks who it is. */
export function requestLimit(limits: RateLimits): RequestHandler {
  const admit = async (address: string, bytes: number) => {
    await limits.consume('request', address);
    const wait = limits.paceOf(address, 1 + bytes / PACE_BYTES);
    if (wait > 0) await delay(wait);
  };
  return (request, _response, next) => {
    admit(addressKey(request.ip), bytesOf(request)).then(() => next(), next);
  };
}

/** How long a body is at most, by what its head says. */
function bytesOf({ headers }: IncomingMessage): number {
  const said = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : FRAME_MAX_BYTES;
  return Math.min(said, FRAME_MAX_BYTES);
}

/** Refuses bodies that are nested too deeply or hold too much, and queries that name a key twice. */
export const inputLimit: RequestHandler = (request, _response, next) => {
  try {
    assertModest(request.body);
    if (request.url.includes('?')) assertOnce(request.url);
    next();
  } catch (error) {
    next(error);
  }
};

/** The address of a caller as Express sees it, for requests that Express never sees. */
export function addressOf(app: NestExpressApplication): (request: IncomingMessage) => string | undefined {
  const trusts = trustOf(app);
  return (request) => (request.socket.remoteAddress === undefined ? undefined : proxyAddr(request, trusts));
}

/** Whether an address, so many hops away, is a proxy whose word counts. */
type Trust = (address: string, hop: number) => boolean;

function trustOf(app: NestExpressApplication): Trust {
  const express = app.getHttpAdapter().getInstance() as { get(name: string): unknown };
  return express.get('trust proxy fn') as Trust;
}

function assertOnce(url: string): void {
  const known = new Set<string>();
  for (const name of new URLSearchParams(url.slice(url.indexOf('?') + 1)).keys()) {
    if (known.has(name)) {
      const fields = [{ path: name.slice(0, 80), message: 'Given twice' }];
      throw new DomainError('VALIDATION_FAILED', { message: 'The query names a key twice', fields });
    }
    known.add(name);
  }
}
