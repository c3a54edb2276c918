import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@course-chat/api/kernel';
import type { User } from '@course-chat/contracts';
import { AuditLog } from '../audit/audit-log';
import type { Caller } from '../caller';
import { ErasureRepository } from '../privacy/erasure.repository';
import { UserDirectory } from '../user-directory';
import { UserRepository } from '../user.repository';
import type { ExternalPerson } from './external-tokens';

/** Tries to make an account while other nodes make the same one. */
const TRIES = 3;

/** The accounts of people whom an external issuer vouches for. */
@Injectable()
export class ExternalAccounts {
  constructor(
    private readonly users: UserRepository,
    private readonly directory: UserDirectory,
    private readonly erasures: ErasureRepository,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The account of this person, made at first sight; name and role follow what the issuer says.
   * @throws DomainError UNAUTHENTICATED for somebody who was erased
   */
  async of(issuer: string, person: ExternalPerson, caller?: Caller): Promise<User> {
    const key = externalKeyOf(issuer, person.subject);
    for (let tries = 0; tries < TRIES; tries++) {
      const known = await this.users.byExternalKey(key);
      // Whoever was erased here stays so: the portal signs on for people that have left.
      if (!known && (await this.erasures.isErased(key))) throw new DomainError('UNAUTHENTICATED');
      const user = known ?? (await this.link(key, person, caller)) ?? (await this.make(key, person, caller));
      if (user) return this.follow(user, person);
    }
    throw new Error('The account of an external person can be neither found nor made');
  }

  private async link(key: string, { email }: ExternalPerson, caller?: Caller): Promise<User | null> {
    const user = email === null ? null : await this.users.link(email, key);
    if (user) await this.audit.note('account_linked', { subjectId: user.id, detail: 'external issuer', caller });
    return user;
  }

  private async make(key: string, person: ExternalPerson, caller?: Caller): Promise<User | null> {
    const account = {
      name: person.name ?? (person.role === 'tutor' ? 'Tutor' : 'Student'),
      role: person.role,
      passwordHash: null,
      externalKey: key,
    };
    // An address that somebody registered with a password stays theirs: this person does without.
    const user =
      (person.email && (await this.users.create({ ...account, email: person.email }))) ||
      (await this.users.create({ ...account, email: null }));
    if (user)
      await this.audit.note('registered', {
        actorId: user.id,
        subjectId: user.id,
        detail: 'external issuer',
        caller,
      });
    return user;
  }

  private async follow(user: User, { name, role }: ExternalPerson): Promise<User> {
    const now: User = { ...user, name: name ?? user.name, role };
    if (now.name === user.name && now.role === user.role) return user;
    if (now.role !== user.role) {
      await this.audit.note('role_changed', { subjectId: user.id, detail: `${user.role} to ${role}` });
    }
    await this.users.update(user.id, { name: now.name, role: now.role });
    if (now.name !== user.name) this.directory.changedName(user.id);
    else this.directory.changed(user.id);
    return now;
  }
}

/** Who somebody is to an issuer, as one key that does not tell it. */
export function externalKeyOf(issuer: string, subject: string): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('base64url');
}
