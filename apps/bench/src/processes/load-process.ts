import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Job, JobResult } from '../load/jobs.ts';

const WORKER = join(import.meta.dirname, '../load/worker.ts');

/** One load generator: a process of its own with real Socket.IO clients. */
export class LoadProcess {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(WORKER, [], {
      execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
      serialization: 'advanced',
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Runs one job; jobs of one process never overlap. @throws Error what the job threw */
  run<J extends Job>(job: J): Promise<JobResult<J>> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`A load process ended with ${code}`));
      this.child.once('exit', ended);
      this.child.once('message', (message: { result?: JobResult<J>; error?: string }) => {
        this.child.off('exit', ended);
        if (message.error !== undefined) reject(new Error(message.error));
        else resolve(message.result as JobResult<J>);
      });
      this.child.send(job, (error) => error && reject(error));
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }
}
