import mongoose, { type mongo } from 'mongoose';
import { everydayText, projected, STEP_MS } from './history.ts';
import type { Pair } from './world.ts';

const { Long, ObjectId } = mongoose.mongo;
/** Messages that one command makes. */
const BATCH = 100_000;

/**
 * The same as `seedHistory` with everyday texts, but the database makes the messages itself: ten million of them are
 * written in minutes.
 */
export async function seedLongHistory(
  db: mongo.Db,
  pairs: readonly Pair[],
  messagesOf: (index: number) => number,
): Promise<void> {
  const chats = db.collection('chats');
  const now = Date.now();
  let serial = 0;
  for (const [index, pair] of pairs.entries()) {
    const count = messagesOf(index);
    // Long ago: a start looks into what was written just before the last change.
    const begin = new Date(now - 3_600_000 - count * STEP_MS);
    const end = new Date(begin.getTime() + count * STEP_MS);
    const chat = projected(pair, count, end, everydayText(count));
    await chats.replaceOne({ _id: chat._id }, chat, { upsert: true });
    for (let first = 1; first <= count; first += BATCH) {
      const last = Math.min(count, first + BATCH - 1);
      await chats.aggregate(makeMessages(pair, { first, last, begin, serial })).toArray();
    }
    serial += count;
  }
}

interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly begin: Date;
  /** Messages that other chats have already. */
  readonly serial: number;
}

function makeMessages({ chatId, student, tutor }: Pair, { first, last, begin, serial }: Stretch): mongo.Document[] {
  const number = { $add: ['$seq', serial] };
  const [opening, rest] = everydayText(0).split('0');
  const isStudents = { $eq: [{ $mod: ['$seq', 2] }, 1] };
  const createdAt = { $add: [begin, { $multiply: ['$seq', STEP_MS] }] };
  return [
    { $match: { _id: new ObjectId(chatId) } },
    { $project: { _id: 0, seq: { $range: [first, last + 1] } } },
    { $unwind: '$seq' },
    {
      $project: {
        // Decimal digits are hexadecimal ones too; and no real message is as old as this id says.
        _id: { $toObjectId: { $concat: ['60000000', digits(number, 16)] } },
        chatId: { $literal: new ObjectId(chatId) },
        seq: '$seq',
        fromStudent: { $toInt: { $ceil: { $divide: ['$seq', 2] } } },
        waitingSince: { $cond: [isStudents, createdAt, null] },
        rev: { $literal: 0 },
        clientMessageId: { $concat: ['00000000-0000-4000-8000-', digits(number, 12)] },
        senderId: {
          $cond: [isStudents, { $literal: new ObjectId(student.id) }, { $literal: new ObjectId(tutor.id) }],
        },
        type: { $literal: 'text' },
        text: { $concat: [opening, { $toString: '$seq' }, rest] },
        createdAt,
        editedAt: { $literal: null },
        deletedAt: { $literal: null },
      },
    },
    { $merge: { into: 'messages', whenMatched: 'fail', whenNotMatched: 'insert' } },
  ];
}

/** A number with zeros before it. */
function digits(number: mongo.Document, length: number): mongo.Document {
  const shifted = { $add: [Long.fromString(`1${'0'.repeat(length)}`), number] };
  return { $substrBytes: [{ $toString: shifted }, 1, length] };
}
