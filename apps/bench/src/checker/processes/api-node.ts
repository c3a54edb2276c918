import { setTimeout as delay } from 'node:timers/promises';
import type { History } from '../history.ts';
import { Child } from './child.ts';

const READY_MS = 60_000;
const DRAIN_MS = 27_000;

/** One node of the server under test, as it is built. */
export class ApiNode {
  readonly name: string;
  readonly port: number;
  /** Stops on purpose: from, to. */
  readonly stops: { from: number; to: number }[] = [];
  private child: Child | null = null;
  private isUp = false;
  private readonly env: NodeJS.ProcessEnv;
  private readonly history: History;
  private readonly main: string;
  /** Whether what the server needs is there; without it, a start may fail. */
  private readonly isDatabaseWell: () => boolean;

  constructor(
    name: string,
    port: number,
    main: string,
    env: NodeJS.ProcessEnv,
    history: History,
    isDatabaseWell: () => boolean,
  ) {
    this.name = name;
    this.port = port;
    this.main = main;
    this.env = env;
    this.history = history;
    this.isDatabaseWell = isDatabaseWell;
  }

  get url(): string | null {
    return this.isUp ? `http://127.0.0.1:${this.port}` : null;
  }

  /** Starts it, again if need be, until it is ready. */
  async start(): Promise<void> {
    const deadline = performance.now() + READY_MS;
    while (performance.now() < deadline) {
      const wasWell = this.isDatabaseWell();
      const child = new Child(
        process.execPath,
        [this.main],
        { ...process.env, ...this.env, PORT: String(this.port) },
        (how) => {
          this.isUp = false;
          if (wasWell && this.isDatabaseWell())
            this.history.violate({ law: 7, name: 'crashed', text: `${this.name} ${how}` });
          else this.history.count('failed_boots');
        },
      );
      this.child = child;
      if (await this.becomesReady(child, deadline)) {
        this.isUp = true;
        return;
      }
      await child.kill();
      await delay(200);
    }
    this.history.violate({
      law: 7,
      name: 'crashed',
      text: `${this.name} was not ready within ${READY_MS / 1000} s: ${this.child?.lastWords ?? ''}`,
    });
  }

  async kill(): Promise<void> {
    this.isUp = false;
    await this.child?.kill();
  }

  /** Drains it as an operator would. */
  async terminate(): Promise<void> {
    const child = this.child;
    this.isUp = false;
    const code = await child?.terminate(DRAIN_MS);
    if (code === 0 || !this.isDatabaseWell()) return;
    this.history.violate({
      law: 7,
      name: 'crashed',
      text: `${this.name} ended with ${code ?? 'a kill after 27 s'} on SIGTERM: ${child?.lastWords ?? ''}`,
    });
  }

  async stop(ms: number): Promise<void> {
    const stop = { from: performance.now(), to: Infinity };
    this.stops.push(stop);
    this.child?.signal('SIGSTOP');
    await delay(ms);
    this.child?.signal('SIGCONT');
    stop.to = performance.now();
  }

  /** What it complained about, for the report. */
  complaints(): string[] {
    return this.child?.linesLike(/"level":(50|60)/) ?? [];
  }

  private async becomesReady(child: Child, deadline: number): Promise<boolean> {
    while (!child.hasEnded && performance.now() < deadline) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/api/health/ready`, {
        signal: AbortSignal.timeout(5_000),
      }).catch(() => null);
      if (answer?.ok) return true;
      await delay(40);
    }
    return false;
  }
}
