import { parseArgs } from 'node:util';

export interface Options {
  readonly runs: number;
  readonly nodes: number;
  readonly redis: boolean;
  readonly seconds: number;
  /** The first run's seed; the next ones follow from it. */
  readonly seed: number;
  /** Ports basePort.. are used: nodes, mongod at +8, Redis at +9; 0 takes free ones. */
  readonly basePort: number;
  /** The built server, from the root of the workspace. */
  readonly server: string;
  /** Check the naive peer instead: it must fail. */
  readonly naive: boolean;
  readonly verbose: boolean;
}

/** @throws Error naming an option that does not fit */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '1' },
      nodes: { type: 'string', default: '1' },
      redis: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '8' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      port: { type: 'string', default: '0' },
      server: { type: 'string', default: 'dist/apps/api/main.js' },
      naive: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const number = (name: 'runs' | 'nodes' | 'seconds' | 'seed' | 'port', least: number) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least) throw new Error(`--${name} expects a whole number from ${least}`);
    return value;
  };
  const nodes = number('nodes', 1);
  return {
    runs: number('runs', 1),
    nodes,
    // Several nodes only make one server together over Redis.
    redis: values.redis || nodes > 1,
    seconds: number('seconds', 1),
    seed: number('seed', 0),
    basePort: number('port', 0),
    server: values.server,
    naive: values.naive,
    verbose: values.verbose,
  };
}
