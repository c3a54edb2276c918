import type { Message } from '@course-chat/contracts';

/** Types of BSON values that a stored message holds (bsonspec.org, version 1.1). */
const TYPE = { end: 0x00, string: 0x02, array: 0x04, objectId: 0x07, date: 0x09, null: 0x0a, int32: 0x10 } as const;
/** A document begins with its length. */
const HEAD = 4;
const OBJECT_ID = 12;

/** The fields that a wire's message is made of, empty, and the one list that is passed over. */
const EMPTY = {
  revs: null,
  ...{ _id: '', chatId: '', seq: 0, rev: 0, clientMessageId: '', senderId: '', type: '', text: '' },
  ...{ createdAt: '', editedAt: null, deletedAt: null },
} as const;
type Field = keyof typeof EMPTY;

/** Fields by their length and first two letters, which tell them apart from each other. */
const FIELDS = new Map(Object.keys(EMPTY).map((name) => [mark(Buffer.from(name), 0, name.length), name as Field]));
const HEX = Array.from({ length: 0x1_0000 }, (_, pair) => pair.toString(16).padStart(4, '0'));

const DAY_MS = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));
/** The day, counted from 1970, of the last time that was read, and what it begins with. */
let lastDay = { day: NaN, prefix: '' };

/**
 * Reads a message from the bytes it is stored as, a few times faster than through the driver's objects: when thousands
 * come back at once, nothing costs the server more than making and forgetting those.
 * @returns null where the bytes hold something that a message of ours does not
 */
export function messageOfBytes(bytes: Buffer): Message | null {
  const found: Record<Field, string | number | null> = { ...EMPTY };
  let at = HEAD;
  for (;;) {
    const type = bytes[at++];
    if (type === TYPE.end) break;
    const from = at;
    while (bytes[at] !== 0) if (++at >= bytes.length) return null;
    const field = fieldAt(bytes, from, at++);
    let value: string | number | null;
    switch (type) {
      case TYPE.objectId:
        value = hexOf(bytes, at);
        at += OBJECT_ID;
        break;
      case TYPE.int32:
        value = int32(bytes, at);
        at += 4;
        break;
      case TYPE.string: {
        const end = at + 4 + int32(bytes, at);
        value = bytes.toString('utf8', at + 4, end - 1);
        at = end;
        break;
      }
      case TYPE.date:
        value = field ? timeOf(bytes, at) : null;
        at += 8;
        break;
      case TYPE.null:
        value = null;
        break;
      case TYPE.array:
        if (field !== 'revs') return null;
        value = null;
        at += int32(bytes, at);
        break;
      default:
        return null;
    }
    if (field) found[field] = value;
  }
  const { _id: id, chatId, seq, rev, clientMessageId, senderId, type, text, createdAt, editedAt, deletedAt } = found;
  return { id, chatId, seq, rev, clientMessageId, senderId, type, text, createdAt, editedAt, deletedAt } as Message;
}

/** The field whose name stands there: a name that a later version brings may look like one of these at first. */
function fieldAt(bytes: Buffer, from: number, end: number): Field | undefined {
  const field = FIELDS.get(mark(bytes, from, end - from));
  if (!field) return undefined;
  for (let at = from; at < end; at++) if (bytes[at] !== field.charCodeAt(at - from)) return undefined;
  return field;
}

function mark(bytes: Buffer, from: number, length: number): number {
  return (length << 16) | ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
}

/** ISO 8601. Messages of one catching-up are mostly of few days, and the day is what is slow to say. */
function timeOf(bytes: Buffer, at: number): string {
  const ms = (int32(bytes, at) >>> 0) + int32(bytes, at + 4) * 2 ** 32;
  const day = Math.floor(ms / DAY_MS);
  if (day !== lastDay.day) lastDay = { day, prefix: new Date(ms).toISOString().slice(0, -'00:00:00.000Z'.length) };
  const ofDay = ms - day * DAY_MS;
  const seconds = Math.floor(ofDay / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${THREE[ofDay % 1000]}Z`;
  return lastDay.prefix + time;
}

function int32(bytes: Buffer, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function hexOf(bytes: Buffer, at: number): string {
  let hex = '';
  for (let pair = at; pair < at + OBJECT_ID; pair += 2) hex += HEX[((bytes[pair] ?? 0) << 8) | (bytes[pair + 1] ?? 0)];
  return hex;
}
