import { parseArgs } from 'node:util';
import { SERVER_NAMES, type ServerName } from './processes/server-process.ts';

export const SCENARIOS = ['latency', 'throughput', 'reads', 'reconnect', 'memory'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** The peers that no goal of the latency names take part in every so many rounds of it. */
export const OPEN_LOOP_ASIDE = 6;

/** How much is measured. */
export interface Options {
  readonly scenarios: readonly Scenario[];
  readonly isFull: boolean;
  readonly servers: readonly ServerName[];
  /** Rounds of each server in each scenario with rounds. */
  readonly rounds: number;
  readonly warmupMs: number;
  readonly measureMs: number;
  /** Sends that each member of each chat has under way in the closed loop, one figure a depth. */
  readonly depths: readonly number[];
  /** Messages in the databases that are read. */
  readonly sizes: readonly number[];
  /** Idle connections of the memory scenario, from and to. */
  readonly idle: { readonly from: number; readonly to: number };
  /** Clients that reconnect at once, and messages each has missed. */
  readonly reconnecting: number;
  readonly missed: number;
  /** People besides those who talk. */
  readonly crowd: number;
  readonly profileDir?: string;
  /** Where the throwaway database goes; the system's temporary folder otherwise. */
  readonly scratch?: string;
  /** Whether the data and the servers' logs stay when it is over. */
  readonly keep: boolean;
  /** Whether docs/benchmarks.md is written. */
  readonly page: boolean;
}

/** @throws Error for an unknown option or scenario */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      full: { type: 'boolean', default: false },
      only: { type: 'string' },
      servers: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      depths: { type: 'string' },
      sizes: { type: 'string' },
      profile: { type: 'string' },
      scratch: { type: 'string' },
      keep: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
    },
  });
  const scenarios = values.only ? values.only.split(',') : [...SCENARIOS];
  const unknown = scenarios.filter((name) => !SCENARIOS.includes(name as Scenario));
  if (unknown.length > 0) throw new Error(`No such scenario: ${unknown.join(', ')}; there are ${SCENARIOS.join(', ')}`);
  const isFull = values.full;
  const idle = { from: 200, to: 6_000 };
  return {
    scenarios: scenarios as Scenario[],
    isFull,
    servers: values.servers ? SERVER_NAMES.filter((name) => values.servers?.split(',').includes(name)) : SERVER_NAMES,
    rounds: Number(values.rounds ?? (isFull ? 9 : 5)),
    warmupMs: isFull ? 3_000 : 1_000,
    measureMs: Number(values.seconds ?? (isFull ? 8 : 3)) * 1000,
    depths: numbers(values.depths ?? '1,8'),
    sizes: numbers(values.sizes ?? (isFull ? '10000,100000,1000000' : '10000,100000')),
    idle,
    reconnecting: 2_000,
    missed: 20,
    crowd: idle.to,
    ...(values.profile && { profileDir: values.profile }),
    ...(values.scratch && { scratch: values.scratch }),
    keep: values.keep,
    page: values.page,
  };
}

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}
