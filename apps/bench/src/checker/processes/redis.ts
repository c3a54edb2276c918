import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Child } from './child.ts';

/** A Redis of this run alone; it keeps nothing, so that a restart forgets every lease and every subscription. */
export class RedisServer {
  readonly url: string;
  private readonly port: number;
  private child: Child;

  private constructor(port: number, child: Child) {
    this.port = port;
    this.url = `redis://127.0.0.1:${port}`;
    this.child = child;
  }

  static async start(port: number): Promise<RedisServer> {
    const server = new RedisServer(port, launch(port));
    await server.untilListening();
    return server;
  }

  get pid(): number {
    return this.child.pid;
  }

  async restart(downMs: number): Promise<void> {
    await this.child.kill();
    await delay(downMs);
    this.child = launch(this.port);
    await this.untilListening();
  }

  async pause(ms: number): Promise<void> {
    this.child.signal('SIGSTOP');
    await delay(ms);
    this.child.signal('SIGCONT');
  }

  async end(): Promise<void> {
    await this.child.kill();
  }

  private async untilListening(): Promise<void> {
    for (let tries = 0; tries < 200 && !this.child.hasEnded; tries++) {
      const isOpen = await new Promise<boolean>((resolve) => {
        const socket = connect(this.port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
        socket.once('connect', () => socket.destroy());
      });
      if (isOpen) return;
      await delay(25);
    }
    throw new Error(`redis-server does not listen: ${this.child.lastWords}`);
  }
}

function launch(port: number): Child {
  return new Child(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    process.env,
    () => {},
  );
}
