import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const KEPT_LINES = 60;
/** Whatever still runs when this process ends goes with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A process of ours: its last words are kept, and an end that nobody asked for is told. */
export class Child {
  /** Whether the end is ours. */
  isEndExpected = false;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  private readonly lines: string[] = [];
  private readonly child: ChildProcess;

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv, crashed: (how: string) => void) {
    this.child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this.child);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.lines.push(...text.split('\n').filter(Boolean)));
      stream?.on('data', () => this.lines.splice(0, this.lines.length - KEPT_LINES));
    }
    this.ended = new Promise((resolve) => {
      this.child.on('error', () => resolve({ code: 127, signal: null }));
      this.child.on('exit', (code, signal) => resolve({ code, signal }));
    });
    void this.ended.then(({ code, signal }) => {
      running.delete(this.child);
      if (!this.isEndExpected) crashed(`ended with ${signal ?? code}: ${this.lastWords}`);
    });
  }

  /** Its process id; 0 when it could not be started. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined;
  }

  get lastWords(): string {
    return this.lines.slice(-12).join('\n').slice(-2_000);
  }

  /** Lines of its log that match. */
  linesLike(pattern: RegExp): string[] {
    return this.lines.filter((line) => pattern.test(line));
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  /** Ends it without a chance to clean up. */
  async kill(): Promise<void> {
    this.isEndExpected = true;
    this.signal('SIGKILL');
    await this.ended;
  }

  /** Asks it to end. @returns its exit code, or null when it did not within `ms` and was killed */
  async terminate(ms: number): Promise<number | null> {
    this.isEndExpected = true;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const answer = await Promise.race([this.ended, delay(ms, null, { ref: false })]);
    if (answer) return answer.code ?? -1;
    await this.kill();
    return null;
  }
}
