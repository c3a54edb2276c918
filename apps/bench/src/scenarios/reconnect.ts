import { setTimeout as delay } from 'node:timers/promises';
import { addFaults, hasFaults, noFaults, type DeliveryFaults } from '../measure/delivery-ledger.ts';
import { seedHistory } from '../seed/history.ts';
import { databaseOf, say, type BenchContext } from './bench-context.ts';

/** Until the sockets are closed. */
const REST_MS = 2_000;
/** Until the product has noted, a grace after they left, when everybody was last seen: that belongs to their leaving. */
const NOTED_MS = 12_000;

/** Uncounted rounds: a server that has just started has caught nobody up yet. */
const WARMUP_ROUNDS = 2;

/** One return of everybody at once to each server. */
export interface ReconnectRound {
  /** Product, with everything missed caught up; raw, connected and nothing more. Milliseconds until the last one. */
  readonly caughtUpMs: number;
  readonly rawConnectedMs: number;
  readonly faults: DeliveryFaults;
  readonly resets: number;
  /** Times a client was told that the server is too busy, and asked again. */
  readonly retries: number;
  readonly isGood: boolean;
}

/** Everybody was away and missed some messages; now all come back in the same moment. */
export async function reconnect(context: BenchContext): Promise<ReconnectRound[]> {
  const { reconnecting, missed, isFull } = context.options;
  const counted = Math.min(context.options.rounds, isFull ? 9 : 5);
  const pairs = context.world.crowd.slice(0, reconnecting);
  const [product, raw] = await context.startAll('reconnect', ['product', 'raw']);
  if (!product || !raw) throw new Error('Both servers were started');
  // Written behind the server's back, before anybody has asked it for these chats.
  await seedHistory(context.db(databaseOf('reconnect', 'product')), pairs, () => missed);
  const shares = context.generators.map((_, index) =>
    pairs.filter((_pair, at) => at % context.generators.length === index),
  );

  const leave = async (restMs: number) => {
    await context.disconnect();
    await delay(restMs);
  };
  const bare = async () => {
    const results = await Promise.all(
      context.generators.map((generator, index) => {
        const tokens = (shares[index] ?? []).map(({ student }) => student.token);
        return generator.run({ kind: 'connect', url: raw.url, tokens, parallel: tokens.length });
      }),
    );
    const connected = results.reduce((sum, result) => sum + result.connected, 0);
    if (connected !== pairs.length) throw new Error(`${connected} of ${pairs.length} clients connected`);
    await leave(REST_MS);
    return Math.max(...results.map(({ elapsedMs }) => elapsedMs));
  };
  const caughtUp = async () => {
    const results = await Promise.all(
      context.generators.map((generator, index) =>
        generator.run({
          kind: 'catchUp',
          url: product.url,
          clients: (shares[index] ?? []).map(({ student, chatId }) => ({ token: student.token, chatId, seq: 0 })),
          missed,
        }),
      ),
    );
    await leave(NOTED_MS);
    return {
      ms: Math.max(...results.map(({ elapsedMs }) => elapsedMs)),
      faults: results.map(({ faults }) => faults).reduce(addFaults, noFaults()),
      resets: results.reduce((sum, { resets }) => sum + resets, 0),
      retries: results.reduce((sum, { retries }) => sum + retries, 0),
    };
  };

  const rounds: ReconnectRound[] = [];
  for (let round = 1 - WARMUP_ROUNDS; round <= counted; round++) {
    // There and back, as the rounds of sending.
    const before = round % 2 === 0 ? null : await bare();
    const { ms: caughtUpMs, faults, resets, retries } = await caughtUp();
    const rawConnectedMs = before ?? (await bare());
    const isGood = !hasFaults(faults) && resets === 0;
    say(
      `  ${round} raw connected ${rawConnectedMs.toFixed(0)} ms, product caught up ${caughtUpMs.toFixed(0)} ms, told to wait ${retries}` +
        (isGood ? '' : `  FAILED ${JSON.stringify({ ...faults, resets })}`),
    );
    if (round > 0 || !isGood) rounds.push({ caughtUpMs, rawConnectedMs, faults, resets, retries, isGood });
  }
  await context.stopAll('reconnect', [product, raw]);
  return rounds;
}
