import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import {
  Clock,
  duplicateKeyIndex,
  inOneAnswer,
  nativeCollection,
  newObjectId,
  roundsById,
  toObjectId,
} from '@course-chat/api/kernel';
import type { Account, Role, User } from '@course-chat/contracts';
import type { Model, mongo } from 'mongoose';
import { UserRecord } from './user.schema';

/** Most accounts of one shared query. */
const ROUND_MAX = 500;

/** What others may know of a person; passwords' hashes stay where they are. */
const SHOWN = { name: 1, role: 1, avatarUrl: 1 } as const;

/** Begins what stands for an address where there is none; no address begins so. */
const NO_ADDRESS = 'none:';

/** What is needed to make an account. */
export interface NewUser {
  /** Null for a person whose address nobody vouches for, or has an account already. */
  readonly email: string | null;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string | null;
  readonly externalKey?: string;
}

/** A user and the hash to check a login against. */
export interface Credentials {
  readonly user: User;
  readonly passwordHash: string | null;
}

@Injectable()
export class UserRepository {
  private readonly collection: mongo.Collection<UserRecord>;
  private readonly rounds = roundsById((ids) => this.byIds(ids), ROUND_MAX);

  constructor(
    @InjectModel(UserRecord.name) private readonly model: Model<UserRecord>,
    private readonly clock: Clock,
  ) {
    this.collection = nativeCollection(model);
  }

  /** Callers at the same time share one query: a thousand devices may come back at once. */
  byId(id: string): Promise<User | null> {
    return this.rounds.submit(id);
  }

  /** The users that exist, in no order. */
  async byIds(ids: readonly string[]): Promise<User[]> {
    const filter = { _id: { $in: ids.map(toObjectId) } };
    const records = await this.collection.find(filter, { projection: SHOWN, ...inOneAnswer(ids.length) }).toArray();
    return records.map(toUser);
  }

  async credentialsByEmail(email: string): Promise<Credentials | null> {
    const record = await this.model.findOne({ email: { $eq: email } }).lean<UserRecord>();
    return record && { user: toUser(record), passwordHash: record.passwordHash };
  }

  /** The hash to check a password of somebody logged in against; null for an account without one. */
  async passwordHashOf(id: string): Promise<string | null> {
    const record = await this.model.findById(toObjectId(id), { passwordHash: 1 }).lean<UserRecord>();
    return record?.passwordHash ?? null;
  }

  /** An account as its owner sees it. */
  async accountOf(id: string): Promise<Account | null> {
    const record = await this.model.findById(toObjectId(id)).lean<UserRecord>();
    return (
      record && {
        ...toUser(record),
        email: record.email.startsWith(NO_ADDRESS) ? null : record.email,
        createdAt: record.createdAt.toISOString(),
        hasPassword: record.passwordHash !== null,
      }
    );
  }

  /** The hash of whom an external issuer knows this person as; null without one. */
  async externalKeyOf(id: string): Promise<string | null> {
    const record = await this.model.findById(toObjectId(id), { externalKey: 1 }).lean<UserRecord>();
    return record?.externalKey ?? null;
  }

  /** Removes an account; its address is free again. */
  async remove(id: string): Promise<void> {
    await this.model.deleteOne({ _id: toObjectId(id) });
  }

  /** Sets another hash unless the password was changed in between. */
  async replacePassword(id: string, old: string, passwordHash: string): Promise<void> {
    await this.model.updateOne({ _id: toObjectId(id), passwordHash: { $eq: old } }, { $set: { passwordHash } });
  }

  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.model.updateOne({ _id: toObjectId(id) }, { $set: { passwordHash } });
  }

  async byExternalKey(externalKey: string): Promise<User | null> {
    const record = await this.model.findOne({ externalKey: { $eq: externalKey } }).lean<UserRecord>();
    return record && toUser(record);
  }

  /**
   * Gives an account known from a shop alone to the person an issuer vouches for: that of a student, without a password
   * and without another issuer's key. Any other is left alone, so that an issuer takes over nobody's account.
   */
  async link(email: string, externalKey: string): Promise<User | null> {
    const record = await this.model
      .findOneAndUpdate(
        { email: { $eq: email }, role: 'student', passwordHash: null, externalKey: { $exists: false } },
        { $set: { externalKey } },
        { returnDocument: 'after' },
      )
      .lean<UserRecord>();
    return record && toUser(record);
  }

  async update(id: string, change: Partial<Pick<User, 'name' | 'role'>>): Promise<void> {
    await this.model.updateOne({ _id: toObjectId(id) }, { $set: change });
  }

  /** The new user, or null when the address or the external key has an account already. */
  async create({ email, ...user }: NewUser): Promise<User | null> {
    const _id = newObjectId();
    const record: UserRecord = {
      _id,
      avatarUrl: null,
      createdAt: this.clock.now(),
      email: email ?? `${NO_ADDRESS}${_id.toHexString()}`,
      ...user,
    };
    try {
      await this.model.collection.insertOne(record);
    } catch (error) {
      if (duplicateKeyIndex(error) !== null) return null;
      throw error;
    }
    return toUser(record);
  }
}

function toUser(record: Pick<UserRecord, '_id' | keyof typeof SHOWN>): User {
  return { id: record._id.toHexString(), name: record.name, role: record.role, avatarUrl: record.avatarUrl };
}
