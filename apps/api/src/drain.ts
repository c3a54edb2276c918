import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { RealtimeHub, SocketDispatcher } from '@course-chat/api/realtime';
import { Readiness } from './health/readiness';

/** Clients come back spread over this time, so that the next node is not hit by all at once. */
const RECONNECT_SPREAD_MS = 3_000;
/** Until then all goes on as ever: what is on its way arrives, and whoever asks hears that this node is not ready. */
const NOTICE_MS = 500;
/** What was asked of a socket is answered within this time, or its outcome is learned by asking the next node. */
const ANSWERED_MS = 8_000;
/** A client that does not take leave by then is asleep, or deaf. */
const SOCKETS_LEAVE_MS = 1_000;
/** A request that is not answered by then is cut off. */
const REQUESTS_END_MS = 4_000;
const LOOK_INTERVAL_MS = 50;

/**
 * Lets a node end without anybody losing anything: not ready first, then clients are told, then what is under way is
 * finished, then connections end, and only when nothing can come any more is written what was still to be written.
 */
export async function drain(app: NestExpressApplication): Promise<void> {
  const hub = app.get(RealtimeHub);
  app.get(Readiness).drain();
  hub.announceDrain(RECONNECT_SPREAD_MS);
  await delay(NOTICE_MS);
  await app.get(SocketDispatcher).finish(ANSWERED_MS);
  await letGo(app.getHttpServer() as Server, hub);
  await app.close();
}

/**
 * Ends every connection as soon as nothing is under way on it. A server that is merely closed waits for each client to
 * go by itself: for one that keeps its connection alive over a minute, for one that sleeps half of one.
 */
async function letGo(server: Server, hub: RealtimeHub): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const cuts = hub.closeConnections();
  const begun = performance.now();
  const look = setInterval(() => {
    const waited = performance.now() - begun;
    server.closeIdleConnections();
    // A handshake that was under way may have become a connection meanwhile.
    cuts.push(...hub.closeConnections());
    if (waited > SOCKETS_LEAVE_MS) for (const cut of cuts.splice(0)) cut();
    if (waited > REQUESTS_END_MS) server.closeAllConnections();
  }, LOOK_INTERVAL_MS);
  await closed;
  clearInterval(look);
}
