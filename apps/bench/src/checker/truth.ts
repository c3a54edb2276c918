import mongoose from 'mongoose';
import type { StoredChat, StoredMessage, Truth } from './history.ts';

type Document = mongoose.mongo.Document;

/** Reads the collections themselves, past the server that is being checked. */
export class TruthReader {
  private readonly client: mongoose.mongo.MongoClient;

  constructor(uri: string) {
    this.client = new mongoose.mongo.MongoClient(uri, {
      readConcernLevel: 'majority',
      serverSelectionTimeoutMS: 20_000,
    });
  }

  async read(before: ReadonlySet<string>): Promise<Truth> {
    const db = this.client.db();
    const [chats, messages] = await Promise.all([
      db.collection('chats').find().toArray(),
      db.collection('messages').find().sort({ chatId: 1, seq: 1 }).toArray(),
    ]);
    return { chats: chats.map(toChat), messages: Map.groupBy(messages.map(toMessage), ({ chatId }) => chatId), before };
  }

  async messageIds(): Promise<Set<string>> {
    const records = await this.client
      .db()
      .collection('messages')
      .find({}, { projection: { _id: 1 } })
      .toArray();
    return new Set(records.map(({ _id }) => String(_id)));
  }

  async dropAndClose(): Promise<void> {
    try {
      await this.client.db().dropDatabase();
    } finally {
      await this.client.close();
    }
  }
}

function toChat(record: Document): StoredChat {
  const receiptsOf = (side: 'student' | 'tutor') => ({
    readSeq: Number(record[side].readSeq),
    deliveredSeq: Number(record[side].deliveredSeq),
  });
  return {
    id: String(record['_id']),
    studentId: String(record['studentId']),
    tutorId: String(record['tutorId']),
    lastSeq: Number(record['last']?.seq ?? 0),
    lastRev: Number(record['lastRev']),
    waitingSince: timeOf(record['last']?.waitingSince),
    student: receiptsOf('student'),
    tutor: receiptsOf('tutor'),
    unread: { student: Number(record['unread'].student), tutor: Number(record['unread'].tutor) },
  };
}

function timeOf(value: unknown): string | null {
  return value instanceof Date ? value.toISOString() : null;
}

function toMessage(record: Document): StoredMessage {
  return {
    id: String(record['_id']),
    chatId: String(record['chatId']),
    seq: Number(record['seq']),
    fromStudent: Number(record['fromStudent']),
    revs: Array.isArray(record['revs']) ? record['revs'].map(Number) : [],
    rev: Number(record['rev']),
    clientMessageId: String(record['clientMessageId']),
    senderId: String(record['senderId']),
    type: 'text',
    text: String(record['text']),
    createdAt: timeOf(record['createdAt']) ?? '',
    editedAt: timeOf(record['editedAt']),
    deletedAt: timeOf(record['deletedAt']),
  };
}
