import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import { PrincipalVerifier } from './principal-verifier';

/** A login that ended unheard, because the bus between the nodes was away, is noticed within this time. */
const CHECK_INTERVAL_MS = 30_000;

/** Asks again whether the logins behind this node's open sockets still stand. */
@Injectable()
export class SessionWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SessionWatch.name);
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly verifier: PrincipalVerifier,
    private readonly hub: RealtimeHub,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.check(), CHECK_INTERVAL_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Never throws. All who are asked about at once share few queries. */
  async check(): Promise<void> {
    const principals = new Map<string, Principal>();
    for (const { data } of this.hub.socketsHere()) principals.set(data.principal.sessionId, data.principal);
    const ended = new Set<string>();
    await Promise.all(
      [...principals].map(async ([sessionId, principal]) => {
        try {
          await this.verifier.confirm(principal);
        } catch (error) {
          // A database that is away says nothing about a login.
          if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') ended.add(sessionId);
          else this.logger.debug(error);
        }
      }),
    );
    for (const socket of [...this.hub.socketsHere()]) {
      if (ended.has(socket.data.principal.sessionId)) this.hub.endSocket(socket, 'ended');
    }
  }
}
