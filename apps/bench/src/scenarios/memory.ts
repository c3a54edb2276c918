import { setTimeout as delay } from 'node:timers/promises';
import type { Memory, ServerName } from '../processes/server-process.ts';
import { say, type BenchContext } from './bench-context.ts';

const SETTLE_MS = 3_000;
const CONNECTING_AT_ONCE = 25;

/** What one more idle connection costs a server. */
export interface MemoryRound extends Memory {
  readonly server: ServerName;
  readonly connections: number;
}

/** Idle, authenticated connections of as many users; each round with fresh processes. */
export async function memory(context: BenchContext): Promise<MemoryRound[]> {
  const { idle, isFull } = context.options;
  const rounds: MemoryRound[] = [];
  for (let round = 0; round < (isFull ? 3 : 1); round++) {
    for (const name of ['product', 'raw'] as const) {
      const [server] = await context.startAll('memory', [name]);
      if (!server) throw new Error('The server was started');
      await open(context, server.url, 0, idle.from);
      const before = await server.memory();
      await open(context, server.url, idle.from, idle.to);
      const after = await server.memory();
      await context.stopAll('memory', [server]);
      const connections = idle.to - idle.from;
      const result = {
        server: name,
        connections,
        held: (after.held - before.held) / connections,
        resident: (after.resident - before.resident) / connections,
        heap: (after.heap - before.heap) / connections,
      };
      rounds.push(result);
      say(
        `  ${round + 1} ${name.padEnd(11)} ${(result.resident / 1024).toFixed(1)} KiB resident (${(result.held / 1024).toFixed(1)} with empty pages), ${(result.heap / 1024).toFixed(1)} KiB on the heap a connection`,
      );
    }
  }
  return rounds;
}

async function open(context: BenchContext, url: string, from: number, to: number): Promise<void> {
  const tokens = context.world.crowd.slice(from, to).map(({ student }) => student.token);
  const parts = context.generators.length;
  await Promise.all(
    context.generators.map((generator, index) =>
      generator.run({
        kind: 'connect',
        url,
        tokens: tokens.filter((_, at) => at % parts === index),
        parallel: CONNECTING_AT_ONCE,
      }),
    ),
  );
  await delay(SETTLE_MS);
}
