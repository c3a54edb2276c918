import { Injectable } from '@nestjs/common';
import { ExpiringCache } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { User } from '@course-chat/contracts';
import { Subject } from 'rxjs';
import { UserRepository } from './user.repository';

/** A name may be this old on a screen that does not hear of the change. */
const BELIEVED_MS = 30_000;
const REMEMBERED_USERS = 50_000;

/** People by id, for everything that shows a name. */
@Injectable()
export class UserDirectory {
  private readonly cache = new ExpiringCache<User | null>(BELIEVED_MS, REMEMBERED_USERS);
  private readonly names = new Subject<string>();
  /** People who have got another name by this node. */
  readonly renamed = this.names.asObservable();

  constructor(
    private readonly users: UserRepository,
    private readonly hub: RealtimeHub,
  ) {
    hub.fromNodes('account_changed').subscribe(({ userId }) => this.cache.forget(userId));
  }

  /** Somebody has another name, or none any more: no node remembers the old one. */
  changed(userId: string): void {
    this.cache.forget(userId);
    this.hub.tellNodes('account_changed', { userId });
  }

  /** The same for a name that other things are found by. */
  changedName(userId: string): void {
    this.changed(userId);
    this.names.next(userId);
  }

  /** Those that exist, by id. One query for all that are not remembered, shared with whoever asks at the same time. */
  async byIds(ids: Iterable<string>): Promise<Map<string, User>> {
    const wanted = [...new Set(ids)];
    const found = await Promise.all(wanted.map((id) => this.cache.get(id, () => this.users.byId(id))));
    return new Map(found.filter((user) => user !== null).map((user) => [user.id, user]));
  }

  async byId(id: string): Promise<User | null> {
    return (await this.byIds([id])).get(id) ?? null;
  }

  /** The student of this address; made without a password when a shop names somebody new. */
  async studentByEmail(email: string, name: string): Promise<User> {
    const known = await this.users.credentialsByEmail(email);
    if (known) return known.user;
    const made = await this.users.create({ email, name, role: 'student', passwordHash: null });
    // Somebody else made it in between.
    return made ?? this.studentByEmail(email, name);
  }
}
