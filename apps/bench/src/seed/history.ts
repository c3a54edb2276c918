import mongoose, { type mongo } from 'mongoose';
import { chatRecord, type Pair } from './world.ts';

const { ObjectId } = mongoose.mongo;
const BATCH = 5_000;
/** Between two messages. */
export const STEP_MS = 1_000;
/** Newest messages that neither side has read. */
const UNREAD = 10;

/**
 * Gives these chats a history as if it had been written one by one: the log and what the product derives from it. Student
 * and tutor take turns. Much faster than sending, so that millions are possible.
 */
export async function seedHistory(
  db: mongo.Db,
  pairs: readonly Pair[],
  messagesOf: (index: number) => number,
  textOf: (seq: number) => string = everydayText,
): Promise<void> {
  const messages = db.collection('messages');
  const chats = db.collection('chats');
  const now = Date.now();
  let serial = 0;
  let batch: mongo.Document[] = [];
  const flush = async () => {
    if (batch.length > 0) await messages.insertMany(batch, { ordered: false, writeConcern: { w: 1, journal: false } });
    batch = [];
  };
  for (const [index, pair] of pairs.entries()) {
    const count = messagesOf(index);
    // Long ago: a start looks into what was written just before the last change.
    const begin = now - 3_600_000 - count * STEP_MS;
    for (let seq = 1; seq <= count; seq++) {
      batch.push(messageRecord(pair, seq, new Date(begin + seq * STEP_MS), serial++, textOf(seq)));
      if (batch.length === BATCH) await flush();
    }
    await chats.replaceOne(
      { _id: new ObjectId(pair.chatId) },
      projected(pair, count, new Date(begin + count * STEP_MS), textOf(count)),
      { upsert: true },
    );
  }
  await flush();
}

/** What is written where nobody cares. */
export function everydayText(seq: number): string {
  return `Message ${seq}: could you explain once more why the second step follows from the first?`;
}

function messageRecord(pair: Pair, seq: number, at: Date, serial: number, text: string) {
  const isStudents = seq % 2 === 1;
  return {
    _id: new ObjectId(
      Math.floor(at.getTime() / 1000)
        .toString(16)
        .padStart(8, '0') + serial.toString(16).padStart(16, '0'),
    ),
    chatId: new ObjectId(pair.chatId),
    seq,
    fromStudent: studentsUpTo(seq),
    waitingSince: isStudents ? at : null,
    rev: 0,
    clientMessageId: `00000000-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`,
    senderId: new ObjectId(isStudents ? pair.student.id : pair.tutor.id),
    type: 'text',
    text,
    createdAt: at,
    editedAt: null,
    deletedAt: null,
  };
}

/** The chat as the product has it after `count` messages. */
export function projected(pair: Pair, count: number, at: Date, text: string) {
  const readSeq = Math.max(0, count - UNREAD);
  const receipts = { readSeq, readFromStudent: studentsUpTo(readSeq), deliveredSeq: count };
  const fromStudent = studentsUpTo(count);
  const last = messageRecord(pair, count, at, 0, text);
  return {
    ...chatRecord(pair, at),
    last: {
      seq: count,
      fromStudent,
      waitingSince: last.waitingSince,
      rev: 0,
      senderId: last.senderId,
      preview: last.text,
      createdAt: at,
    },
    student: receipts,
    tutor: receipts,
    unread: {
      student: count - fromStudent - (readSeq - receipts.readFromStudent),
      tutor: fromStudent - receipts.readFromStudent,
    },
  };
}

function studentsUpTo(seq: number): number {
  return Math.ceil(seq / 2);
}
