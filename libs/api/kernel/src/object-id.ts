import { mongo } from 'mongoose';

export type ObjectId = mongo.ObjectId;

/** The stored form of a wire id. Ids are validated at the boundary, so a bad one here is a bug. */
export function toObjectId(id: string): ObjectId {
  return new mongo.ObjectId(id);
}

/** A new id, in its stored form. */
export function newObjectId(): ObjectId {
  return new mongo.ObjectId();
}

/** The key of a unique index that refused a write, or null for any other error. */
export function duplicateKeyIndex(error: unknown): string | null {
  if (!(error instanceof Error) || (error as { code?: unknown }).code !== 11000) return null;
  return /index: (\S+)/.exec(error.message)?.[1] ?? '';
}
