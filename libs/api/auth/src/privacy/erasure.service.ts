import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { ErasureConfirmation } from '@course-chat/contracts';
import { AccountService } from '../account.service';
import { AuditLog } from '../audit/audit-log';
import type { Caller } from '../caller';
import { SessionRepository } from '../session.repository';
import { UserDirectory } from '../user-directory';
import { UserRepository } from '../user.repository';
import { ErasureRepository, type OpenErasure } from './erasure.repository';
import { PersonalData } from './personal-data';

/** A node that did not hear of the end may take something of an erased person for this long: it is looked for again. */
const SETTLED_MS = 60_000;
/** How often what is left over is looked for, and how long a node that began on one is left to it. */
const LOOK_MS = 30_000;

/**
 * Erases people: first, and before the answer, the account, its logins and its address; then everything that others
 * keep of them. What was begun is finished, by this node or another, now or after the next start.
 */
@Injectable()
export class ErasureService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ErasureService.name);
  private readonly stopping = new AbortController();
  private timer?: NodeJS.Timeout;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly erasures: ErasureRepository,
    private readonly users: UserRepository,
    private readonly directory: UserDirectory,
    private readonly sessions: SessionRepository,
    private readonly account: AccountService,
    private readonly audit: AuditLog,
    private readonly data: PersonalData,
    private readonly hub: RealtimeHub,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.resume(LOOK_MS), LOOK_MS);
    // What a node that was killed has begun.
    void this.resume(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.working;
  }

  /** @throws DomainError FORBIDDEN for a wrong password, and to administrators, of whom one must be left */
  async eraseSelf({ userId, role }: Principal, { password }: ErasureConfirmation, caller: Caller): Promise<void> {
    if (role === 'admin') throw new DomainError('FORBIDDEN', { message: 'An administrator is erased by another one' });
    await this.assertConfirmed(userId, password);
    await this.begin(userId, { actorId: userId, caller });
  }

  /** For administrators; the guard has seen to it. @throws DomainError NOT_FOUND, FORBIDDEN for oneself */
  async eraseUser({ userId: actorId }: Principal, userId: string, reason: string, caller: Caller): Promise<void> {
    if (userId === actorId)
      throw new DomainError('FORBIDDEN', { message: 'An administrator is erased by another one' });
    if (!(await this.users.byId(userId))) throw new DomainError('NOT_FOUND');
    await this.begin(userId, { actorId, detail: reason, caller });
  }

  /** Goes on with what nobody worked on for so long. Never throws; one round at a time. */
  resume(unattendedMs: number): Promise<void> {
    const before = new Date(this.clock.now().getTime() - unattendedMs + 1);
    this.working = this.working.then(() => this.round(before));
    return this.working;
  }

  private async assertConfirmed(userId: string, password: string | null): Promise<void> {
    if (password !== null) return this.account.assertPassword(userId, password);
    if ((await this.users.passwordHashOf(userId)) !== null) {
      throw new DomainError('FORBIDDEN', { message: 'The password is needed' });
    }
  }

  private async begin(userId: string, by: { actorId: string; detail?: string; caller: Caller }): Promise<void> {
    await this.audit.note('erasure_begun', { subjectId: userId, ...by });
    await this.erasures.begin(userId, await this.users.externalKeyOf(userId), this.clock.now());
    await this.eraseAccount(userId);
    void this.resume(0);
  }

  private async round(before: Date): Promise<void> {
    try {
      for (;;) {
        const open = this.stopping.signal.aborted ? null : await this.erasures.claim(before, this.clock.now());
        if (!open) return;
        await this.pass(open);
      }
    } catch (error) {
      if (!this.stopping.signal.aborted)
        this.logger.warn(`An erasure goes on later: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }

  private async pass({ userId, begunAt }: OpenErasure): Promise<void> {
    const isLast = this.clock.now().getTime() - begunAt.getTime() >= SETTLED_MS;
    await this.eraseAccount(userId);
    for (const holder of this.data.holders) await holder.erase(userId, this.stopping.signal);
    if (isLast && (await this.erasures.done(userId, this.clock.now()))) {
      await this.audit.note('erasure_done', { subjectId: userId });
    }
  }

  /** From the account on: without it no token is believed, wherever it comes from. */
  private async eraseAccount(userId: string): Promise<void> {
    await this.users.remove(userId);
    this.directory.changed(userId);
    await this.sessions.forgetAll(userId);
    this.hub.endUser(userId, 'erased');
    await this.audit.forgetOrigins(userId);
  }
}
