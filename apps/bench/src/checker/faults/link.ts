import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FrameCutter, type Frame } from './frames.ts';

/** What the next frames of one direction suffer. */
interface Tampering {
  drop: number;
  duplicate: number;
  /** Cut the line in the middle of the next frame. */
  cutInside: boolean;
}

type Direction = 'up' | 'down';

/** Socket.IO packets that carry an event or an ack; the rest keeps the connection itself alive. */
const CARRIES_DATA = /^4[23]/;

/** The line of one device: a loopback proxy that can be cut, stalled, slowed, deafened and made to stutter. */
export class Link {
  /** Whether anything was done to the present connection that lets answers get lost without it breaking. */
  tampered = false;
  /** Whether frames were ever dropped, so that the device may not know that it missed something. */
  everDropped = false;
  private readonly lines = new Set<Line>();
  private readonly tampering: Record<Direction, Tampering> = { up: calm(), down: calm() };
  private delayMs = 0;
  private stalledUntil = 0;

  private readonly server: Server;
  private readonly targetPort: () => number | null;

  private constructor(server: Server, targetPort: () => number | null) {
    this.server = server;
    this.targetPort = targetPort;
    server.on('connection', (client) => this.open(client));
  }

  /** @param targetPort where the next connection goes; null refuses it, as a balancer without a node does */
  static async open(targetPort: () => number | null): Promise<Link> {
    const server = createServer({ noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Link(server, targetPort);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    for (const line of this.lines) line.cut();
  }

  cutInsideFrame(direction: Direction): void {
    this.tampering[direction].cutInside = true;
  }

  /** Nothing passes for a while; then everything does, in order. */
  stall(ms: number): void {
    this.tampered = true;
    this.stalledUntil = performance.now() + ms;
    setTimeout(() => this.lines.forEach((line) => line.pump()), ms + 1).unref();
  }

  slow(ms: number): void {
    this.delayMs = ms;
  }

  dropFrames(direction: Direction, count: number): void {
    this.tampering[direction].drop += count;
  }

  duplicateFrames(direction: Direction, count: number): void {
    this.tampering[direction].duplicate += count;
  }

  /** From now on a line like any other. */
  heal(): void {
    this.delayMs = 0;
    this.stalledUntil = 0;
    Object.assign(this.tampering, { up: calm(), down: calm() });
    for (const line of this.lines) line.pump();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Milliseconds until anything may pass again. */
  stallLeft(): number {
    return Math.max(0, this.stalledUntil - performance.now());
  }

  /** Milliseconds that a frame is under way. */
  get latency(): number {
    return this.delayMs;
  }

  /** What becomes of one frame: how often it passes, and whether the line breaks inside it. */
  fateOf(direction: Direction, frame: Frame): { copies: number; cutInside: boolean } {
    const tampering = this.tampering[direction];
    if (!CARRIES_DATA.test(frame.text)) return { copies: 1, cutInside: false };
    if (tampering.cutInside) {
      tampering.cutInside = false;
      return { copies: 0, cutInside: true };
    }
    if (tampering.drop > 0) {
      tampering.drop--;
      this.tampered = this.everDropped = true;
      return { copies: 0, cutInside: false };
    }
    if (tampering.duplicate > 0) {
      tampering.duplicate--;
      return { copies: 2, cutInside: false };
    }
    return { copies: 1, cutInside: false };
  }

  private open(client: Socket): void {
    client.on('error', () => {});
    const port = this.targetPort();
    if (port === null) return void client.destroy();
    this.tampered = false;
    const line = new Line(this, client, connect({ host: '127.0.0.1', port, noDelay: true }), () =>
      this.lines.delete(line),
    );
    this.lines.add(line);
  }
}

/** One connection through a link. */
class Line {
  private readonly queue: { to: Socket; bytes: Buffer; dueAt: number; thenCut: boolean }[] = [];
  private timer: NodeJS.Timeout | null = null;
  private readonly link: Link;
  private readonly client: Socket;
  private readonly server: Socket;

  constructor(link: Link, client: Socket, server: Socket, gone: () => void) {
    this.link = link;
    this.client = client;
    this.server = server;
    const upwards = new FrameCutter();
    const downwards = new FrameCutter();
    client.on('data', (chunk: Buffer) => this.carry('up', upwards.push(chunk), server));
    server.on('data', (chunk: Buffer) => this.carry('down', downwards.push(chunk), client));
    for (const [side, other] of [
      [client, server],
      [server, client],
    ] as const) {
      side.on('error', () => {});
      // What was sent before the end still arrives, as TCP promises.
      side.on('end', () => this.enqueue(other, Buffer.alloc(0), true));
      side.on('close', () => {
        gone();
        this.enqueue(other, Buffer.alloc(0), true);
      });
    }
  }

  cut(): void {
    if (this.timer) clearTimeout(this.timer);
    this.queue.length = 0;
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  /** Sends what is due. */
  pump(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (let first = this.queue[0]; first; first = this.queue[0]) {
      const wait = Math.max(first.dueAt - performance.now(), this.link.stallLeft());
      if (wait > 0) {
        this.timer = setTimeout(() => this.pump(), wait);
        return;
      }
      this.queue.shift();
      if (first.bytes.length > 0 && !first.to.destroyed) first.to.write(first.bytes);
      if (first.thenCut) {
        this.client.destroySoon();
        this.server.destroySoon();
      }
    }
  }

  private carry(direction: Direction, frames: readonly Frame[], to: Socket): void {
    for (const frame of frames) {
      const { copies, cutInside } = this.link.fateOf(direction, frame);
      if (cutInside) this.enqueue(to, frame.bytes.subarray(0, Math.ceil(frame.bytes.length / 2)), true);
      for (let copy = 0; copy < copies; copy++) this.enqueue(to, frame.bytes, false);
    }
  }

  private enqueue(to: Socket, bytes: Buffer, thenCut: boolean): void {
    this.queue.push({ to, bytes, dueAt: performance.now() + this.link.latency, thenCut });
    if (!this.timer) this.pump();
  }
}

function calm(): Tampering {
  return { drop: 0, duplicate: 0, cutInside: false };
}
