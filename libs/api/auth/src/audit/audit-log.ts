import { Inject, Injectable } from '@nestjs/common';
import { Clock, decodeCursor, encodeCursor } from '@course-chat/api/kernel';
import {
  AUDIT_PAGE,
  idSchema,
  type AuditAction,
  type AuditEntry,
  type AuditPage,
  type AuditQuery,
} from '@course-chat/contracts';
import * as z from 'zod/mini';
import { AUTH_OPTIONS, type AuthOptions } from '../auth-options';
import { networkOf, type Caller } from '../caller';
import { AuditRepository } from './audit.repository';

/** What there is to say about one thing that was done. */
export interface AuditNote {
  /** Who did it; absent for somebody unproven and for the server itself. */
  readonly actorId?: string;
  /** To whom; absent when it was about nobody. */
  readonly subjectId?: string | undefined;
  readonly chatId?: string;
  readonly courseId?: string;
  /** One line that is not a message's text. */
  readonly detail?: string;
  readonly caller?: Caller;
}

const keySchema = z.tuple([idSchema]);

/** The record of who did what. Whoever notes something waits for it: what can not be recorded is not done. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly entries: AuditRepository,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: Pick<AuthOptions, 'auditRetentionMs'>,
  ) {}

  async note(action: AuditAction, note: AuditNote): Promise<void> {
    const at = this.clock.now();
    await this.entries.append({
      at,
      action,
      actorId: note.actorId ?? null,
      subjectId: note.subjectId ?? null,
      chatId: note.chatId ?? null,
      courseId: note.courseId ?? null,
      detail: note.detail ?? null,
      address: note.caller ? networkOf(note.caller.address) : null,
      userAgent: note.caller?.userAgent ?? null,
      expiresAt: new Date(at.getTime() + this.options.auditRetentionMs),
    });
  }

  /**
   * Everything about one person, for that person: newest first, a page in memory at a time. From where others did it is
   * not theirs to know.
   */
  async *about(userId: string): AsyncIterable<AuditEntry> {
    let before: string | null = null;
    do {
      const page: AuditEntry[] = await this.entries.page(AUDIT_PAGE.max, before, userId);
      yield* page.map((entry) =>
        entry.actorId === null || entry.actorId === userId ? entry : { ...entry, address: null, userAgent: null },
      );
      before = page.length === AUDIT_PAGE.max ? (page.at(-1)?.id ?? null) : null;
    } while (before !== null);
  }

  /** Takes away from where a person did things: it is about them, what was done is not theirs to take back. */
  forgetOrigins(userId: string): Promise<void> {
    return this.entries.forgetOrigins(userId);
  }

  /** A page, newest first. The caller has been proven to be an administrator. */
  async page({ limit, cursor, userId }: AuditQuery): Promise<AuditPage> {
    const before = cursor ? decodeCursor(keySchema, cursor)[0] : null;
    const found = await this.entries.page(limit + 1, before, userId);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor([last.id]) : null };
  }
}
