import type { Machine } from './machine.ts';
import type { MemoryRound } from '../scenarios/memory.ts';
import type { ReadResult } from '../scenarios/reads.ts';
import type { ReconnectRound } from '../scenarios/reconnect.ts';
import type { SendRound } from '../scenarios/send-rounds.ts';

/** Everything one run found; the file beside the page. */
export interface Results {
  readonly startedAt: string;
  readonly minutes: number;
  readonly command: string;
  readonly machine: Machine;
  readonly measureSeconds: number;
  readonly throughput: readonly { readonly depth: number; readonly rounds: readonly SendRound[] }[];
  readonly latency: readonly SendRound[];
  readonly reads: readonly ReadResult[];
  readonly reconnect: readonly ReconnectRound[];
  readonly reconnecting: { readonly clients: number; readonly missed: number };
  readonly memory: readonly MemoryRound[];
  /** Scenarios that could not be run to their end, and why. */
  readonly broken: readonly { readonly scenario: string; readonly reason: string }[];
}

/** Whether the product lost, doubled or misplaced nothing. What peers do wrong is shown, but fails nobody's run. */
export function isProductGood(results: Results): boolean {
  const rounds = [...results.throughput.flatMap((depth) => depth.rounds), ...results.latency];
  return (
    rounds.every((round) => round.server !== 'product' || round.isGood) &&
    results.reconnect.every((round) => round.isGood)
  );
}
