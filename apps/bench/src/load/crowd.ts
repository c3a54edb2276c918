import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Message, SyncPosition, SyncResult } from '@course-chat/contracts';
import { noFaults, SequenceCheck, type DeliveryFaults } from '../measure/delivery-ledger.ts';
import { Histogram } from '../measure/histogram.ts';
import { connect, createClient, dataOf, inParallel, type Client } from './clients.ts';
import type { CatchUpJob, CatchUpResult, ConnectJob, ConnectResult } from './jobs.ts';

const TRIES_MAX = 20;
const RETRY_MS = 500;

let open: Client[] = [];

/** Opens connections and leaves them open. */
export async function connectMany({ url, tokens, parallel }: ConnectJob): Promise<ConnectResult> {
  const clients = tokens.map((token) => createClient(url, token));
  const started = performance.now();
  await inParallel(clients, parallel, connect);
  const elapsedMs = performance.now() - started;
  open.push(...clients);
  return { connected: open.filter((client) => client.connected).length, elapsedMs };
}

export async function disconnectAll(): Promise<null> {
  for (const client of open) client.disconnect();
  open = [];
  return null;
}

/** All clients connect at once, each asks for what it missed, and the last message of the last client ends the time. */
export async function catchUp({ url, clients: wanted, missed }: CatchUpJob): Promise<CatchUpResult> {
  const times = new Histogram();
  const faults = noFaults();
  let resets = 0;
  let retries = 0;
  const clients = wanted.map((position) => ({ position, client: createClient(url, position.token) }));
  const started = performance.now();
  await Promise.all(
    clients.map(async ({ position: { chatId, seq }, client }) => {
      await connect(client);
      const { data, tries } = await sync(client, { chatId, seq, rev: 0 });
      times.record((performance.now() - started) * 1000);
      retries += tries - 1;
      const chat = data.chats.find((synced) => synced.chat.id === chatId);
      if (chat?.status !== 'ok') resets += 1;
      else check(chat.messages, seq, missed, faults);
    }),
  );
  const elapsedMs = performance.now() - started;
  open.push(...clients.map(({ client }) => client));
  return { elapsedMs, times: times.serialize(), faults, resets, retries };
}

/** As the portal does: a server that says it is too busy is asked again when it says. */
async function sync(client: Client, position: SyncPosition): Promise<{ data: SyncResult; tries: number }> {
  for (let tries = 1; ; tries++) {
    const answer = await client.emitWithAck('sync', { cursor: null, chats: [position] });
    if (answer.ok || answer.error.code !== 'UNAVAILABLE' || tries === TRIES_MAX) return { data: dataOf(answer), tries };
    await delay(answer.error.retryAfterMs ?? RETRY_MS);
  }
}

function check(messages: readonly Message[], seq: number, missed: number, faults: DeliveryFaults): void {
  const sequence = new SequenceCheck(seq + 1);
  for (const message of messages) sequence.arrived(message.seq);
  faults.lost += sequence.missing(seq + missed);
  faults.doubled += sequence.doubled;
  faults.outOfOrder += sequence.late;
}
