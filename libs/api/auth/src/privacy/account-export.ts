import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import { AccountService } from '../account.service';
import { AuditLog } from '../audit/audit-log';
import type { Caller } from '../caller';
import { UserRepository } from '../user.repository';
import { PersonalData } from './personal-data';

/** Rows are sent when they come to this many characters: small enough to hold, large enough to be worth a packet. */
const CHUNK_CHARACTERS = 32 * 1024;

/** Everything that is kept about a person, for that person. */
@Injectable()
export class AccountExporter {
  constructor(
    private readonly users: UserRepository,
    private readonly account: AccountService,
    private readonly audit: AuditLog,
    private readonly data: PersonalData,
    private readonly clock: Clock,
  ) {}

  /** One JSON document. It is written no faster than it is read, and stops when nobody reads on. */
  async of(principal: Principal, caller: Caller): Promise<Readable> {
    const { userId } = principal;
    const account = await this.users.accountOf(userId);
    if (!account) throw new DomainError('UNAUTHENTICATED');
    const { items } = await this.account.listSessions(principal);
    await this.audit.note('data_exported', { actorId: userId, subjectId: userId, caller });
    const exportedAt = this.clock.now().toISOString();
    return Readable.from(
      document({ exportedAt, account, sessions: items }, [
        ['activity', this.audit.about(userId)],
        ['enrollments', this.data.rows('enrollments', userId)],
        ['chats', this.data.rows('chats', userId)],
        ['messages', this.data.rows('messages', userId)],
        ['presence', this.data.rows('presence', userId)],
      ]),
      { objectMode: false },
    );
  }
}

/** A JSON object: what is known at once, then the lists. */
async function* document(
  head: object,
  lists: readonly (readonly [string, AsyncIterable<unknown>])[],
): AsyncGenerator<Buffer> {
  let text = JSON.stringify(head).slice(0, -1);
  for (const [name, rows] of lists) {
    text += `,${JSON.stringify(name)}:[`;
    let separator = '';
    for await (const row of rows) {
      text += separator + JSON.stringify(row);
      separator = ',';
      if (text.length < CHUNK_CHARACTERS) continue;
      yield Buffer.from(text);
      text = '';
    }
    text += ']';
  }
  yield Buffer.from(`${text}}`);
}
