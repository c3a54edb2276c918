import type { Random } from '../random.ts';

/** One thing that goes wrong, and when. */
export interface Fault {
  readonly at: number;
  readonly kind: FaultKind;
  /** Picks the node, the device or the direction. */
  readonly which: number;
  readonly ms: number;
}

const ON_PROCESSES = { killApi: 3, termApi: 1, pauseApi: 2, pauseMongod: 2, killMongod: 1, stepDown: 1 } as const;
const ON_REDIS = { restartRedis: 2, pauseRedis: 1 } as const;
const ON_LINES = {
  cut: 6,
  cutInside: 4,
  stall: 4,
  dropDown: 3,
  dropUp: 2,
  duplicate: 3,
  slow: 3,
  cutAll: 1,
  newDevice: 2,
} as const;

export type FaultKind = keyof typeof ON_PROCESSES | keyof typeof ON_REDIS | keyof typeof ON_LINES;

/** Process faults in eight seconds, and line faults in one. */
const PROCESS_FAULTS_PER_SECOND = 0.4;
const LINE_FAULTS_PER_SECOND = 4;

/** Everything that will go wrong in a run: a function of the seed. */
export function planFaults(random: Random, seconds: number, withRedis: boolean): Fault[] {
  const at = () => Math.round(300 + random.next() * (seconds * 1000 - 600));
  const processes: Partial<Record<FaultKind, number>> = withRedis ? { ...ON_PROCESSES, ...ON_REDIS } : ON_PROCESSES;
  const fault = (kind: FaultKind): Fault => ({
    at: at(),
    kind,
    which: random.between(0, 1_000_000),
    ms: random.between(50, 2_500),
  });
  // Every run kills a server at least once: it is what the product is trusted to survive.
  const faults = [fault('killApi')];
  for (let index = 1; index < seconds * PROCESS_FAULTS_PER_SECOND; index++)
    faults.push(fault(random.weighted(processes as Record<FaultKind, number>)));
  for (let index = 0; index < seconds * LINE_FAULTS_PER_SECOND; index++) faults.push(fault(random.weighted(ON_LINES)));
  return faults.sort((a, b) => a.at - b.at);
}
