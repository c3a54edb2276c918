import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import {
  answerWithin,
  DomainError,
  ErrorTranslator,
  parseInput,
  RateLimits,
  type LimitName,
} from '@course-chat/api/kernel';
import { commandNames, commands, type Ack, type CommandName } from '@course-chat/contracts';
import { commandOf, type CommandHandler } from './socket-command.decorator';
import type { RealtimeSocket } from './socket-types';

type AnyHandler = (...args: Parameters<CommandHandler<CommandName>>) => Promise<unknown>;
type Answer = (answer: Ack<unknown>) => void;

/** When to come back to a node that ends: another one takes over by then. */
const ENDING_RETRY_MS = 1_000;
/** How often a node that ends looks whether all is answered. */
const FINISH_LOOK_MS = 20;

/** Commands with a limit of their own besides the one all share. */
const LIMIT_OF: Partial<Record<CommandName, LimitName>> = {
  send_message: 'message',
  edit_message: 'message',
  typing_start: 'typing',
  sync: 'sync',
};

/**
 * Runs every command of every socket: one listener a socket and one table for all of them, where Nest would bind
 * each handler to each socket. Validates, limits, runs, and always answers the ack.
 */
@Injectable()
export class SocketDispatcher implements OnApplicationBootstrap {
  /** Shared by all sockets: an idle one must not hold a closure of its own. */
  private readonly listener = listenerOf((socket, name, args) => this.heard(socket, name, args));
  private readonly handlers = new Map<string, { name: CommandName; run: AnyHandler }>();
  private underWay = 0;
  private isFinishing = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly limits: RateLimits,
    private readonly errors: ErrorTranslator,
  ) {}

  /** Finds the methods marked with `@SocketCommand`; a command without exactly one handler stops the boot. */
  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (!instance || typeof instance !== 'object') continue;
      const gateway = instance as Record<string, unknown>;
      for (const key of this.scanner.getAllMethodNames(Object.getPrototypeOf(gateway) as object)) {
        const method = gateway[key];
        const name = typeof method === 'function' ? commandOf(method) : undefined;
        if (!name) continue;
        if (this.handlers.has(name)) throw new Error(`Two handlers for the command ${name}`);
        this.handlers.set(name, { name, run: (method as AnyHandler).bind(gateway) });
      }
    }
    const missing = commandNames.filter((name) => !this.handlers.has(name));
    if (missing.length > 0) throw new Error(`No handler for the commands ${missing.join(', ')}`);
  }

  /** Listens to everything one socket says. */
  attach(socket: RealtimeSocket): void {
    socket.onAny(this.listener);
  }

  /**
   * Takes no more commands, which answers them UNAVAILABLE: people never stop asking.
   * Resolves when every command that was taken is answered, at the latest after `longestMs`.
   */
  async finish(longestMs: number): Promise<void> {
    this.isFinishing = true;
    const end = Date.now() + longestMs;
    while (this.underWay > 0 && Date.now() < end) await delay(FINISH_LOOK_MS);
  }

  private heard(socket: RealtimeSocket, name: string, args: unknown[]): void {
    const last = args.at(-1);
    const answer = typeof last === 'function' ? (args.pop(), last as Answer) : undefined;
    this.underWay++;
    // Never silence: work that takes too long is answered, too.
    void answerWithin(this.dispatch(socket, name, args))
      .then(
        (data) => answer?.({ ok: true, data }),
        (error: unknown) => answer?.({ ok: false, error: this.errors.toWire(error) }),
      )
      .finally(() => this.underWay--);
  }

  private async dispatch(socket: RealtimeSocket, name: string, args: unknown[]): Promise<unknown> {
    if (this.isFinishing)
      throw new DomainError('UNAVAILABLE', { message: 'This node ends', retryAfterMs: ENDING_RETRY_MS });
    const { principal, expiresAt } = socket.data;
    if (expiresAt <= Date.now())
      throw new DomainError('UNAUTHENTICATED', { message: 'The token of this socket ended' });
    await this.limits.consume('command', principal.userId);
    const handler = this.handlers.get(name);
    if (!handler) throw new DomainError('VALIDATION_FAILED', { message: 'There is no such command' });
    if (args.length !== 1) throw new DomainError('VALIDATION_FAILED', { message: 'A command carries one payload' });
    const payload = parseInput(commands[handler.name].payload, args[0]);
    const limit = LIMIT_OF[handler.name];
    if (limit) await this.limits.consume(limit, principal.userId);
    return handler.run(principal, payload, socket);
  }
}

type Heard = (socket: RealtimeSocket, name: string, args: unknown[]) => void;

/** Socket.IO calls its listeners on the socket they hear. */
function listenerOf(heard: Heard): (name: string, ...args: unknown[]) => void {
  return function (this: unknown, name, ...args) {
    heard(this as RealtimeSocket, name, args);
  };
}
