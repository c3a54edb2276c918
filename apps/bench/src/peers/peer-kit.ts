import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import mongoose, { type mongo } from 'mongoose';
import { verifyToken } from '../seed/token.ts';

/** What every server of the benchmark is told, by the same variables as the product. */
export interface PeerSettings {
  readonly port: number;
  readonly mongodbUri: string;
  readonly jwtSecret: string;
}

export function readSettings(): PeerSettings {
  const { PORT, MONGODB_URI, JWT_SECRET } = process.env;
  process.once('SIGTERM', () => process.exit(0));
  if (!PORT || !MONGODB_URI || !JWT_SECRET) throw new Error('A peer needs PORT, MONGODB_URI and JWT_SECRET');
  return { port: Number(PORT), mongodbUri: MONGODB_URI, jwtSecret: JWT_SECRET };
}

/** The message as it travels; the same fields as the product's, so that every server moves the same bytes. */
export interface PeerMessage {
  readonly id: string;
  readonly chatId: string;
  readonly seq?: number;
  readonly rev: 0;
  readonly clientMessageId: string;
  readonly senderId: string;
  readonly type: 'text';
  readonly text: string;
  readonly createdAt: string;
  readonly editedAt: null;
  readonly deletedAt: null;
}

export interface SendCommand {
  readonly chatId: string;
  readonly clientMessageId: string;
  readonly text: string;
}
export type Answer = (
  answer: { ok: true; data: unknown } | { ok: false; error: { code: string; message: string } },
) => void;

/** A Socket.IO server that knows its users by the product's tokens and puts each socket into its user's room. */
export function listenForUsers(http: HttpServer, settings: PeerSettings): Server {
  const io = new Server(http, { serveClient: false });
  io.use((socket, next) => {
    try {
      const { sub } = verifyToken(settings.jwtSecret, socket.handshake.auth['token']);
      socket.data.userId = sub;
      void socket.join(`user:${sub}`);
      next();
    } catch {
      next(new Error('UNAUTHENTICATED'));
    }
  });
  return io;
}

/** Runs a handler and always answers. */
export function answering(socket: Socket, event: string, run: (payload: SendCommand) => Promise<unknown>): void {
  socket.on(event, (payload: SendCommand, answer?: Answer) => {
    run(payload).then(
      (data) => answer?.({ ok: true, data }),
      (error: unknown) => answer?.({ ok: false, error: { code: 'INTERNAL', message: String(error) } }),
    );
  });
}

export interface Members {
  readonly studentId: string;
  readonly tutorId: string;
}

/** Everything the two raw peers share: the chats' members in memory, and a log with one unique index. */
export async function openRawLog(settings: PeerSettings) {
  const client = await new mongoose.mongo.MongoClient(settings.mongodbUri, { maxPoolSize: 50 }).connect();
  const db = client.db();
  const messages = db.collection('messages');
  await messages.createIndex({ chatId: 1, seq: 1 }, { unique: true });
  const members = new Map<string, Members>();
  for await (const chat of db.collection('chats').find()) {
    members.set(String(chat['_id']), { studentId: String(chat['studentId']), tutorId: String(chat['tutorId']) });
  }
  const tails = new Map<string, number>();
  for await (const tail of messages.aggregate<{ _id: mongo.ObjectId; seq: number }>([
    { $group: { _id: '$chatId', seq: { $max: '$seq' } } },
  ])) {
    tails.set(String(tail._id), tail.seq);
  }
  return {
    messages,
    membersOf(chatId: string, userId: string): Members {
      const found = members.get(chatId);
      if (found?.studentId !== userId && found?.tutorId !== userId) throw new Error('NOT_FOUND');
      return found;
    },
    nextSeq(chatId: string): number {
      const seq = (tails.get(chatId) ?? 0) + 1;
      tails.set(chatId, seq);
      return seq;
    },
  };
}

/** Majority and journal, as the product writes. */
export const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;

/** A message as the raw peers store it. */
export function rawRecord(command: SendCommand, senderId: string, seq: number) {
  const { ObjectId } = mongoose.mongo;
  return {
    _id: new ObjectId(),
    chatId: new ObjectId(command.chatId),
    seq,
    clientMessageId: command.clientMessageId,
    senderId: new ObjectId(senderId),
    text: command.text,
    createdAt: new Date(),
  };
}

export function rawMessage(record: ReturnType<typeof rawRecord>): PeerMessage {
  return {
    id: record._id.toHexString(),
    chatId: record.chatId.toHexString(),
    seq: record.seq,
    rev: 0,
    clientMessageId: record.clientMessageId,
    senderId: record.senderId.toHexString(),
    type: 'text',
    text: record.text,
    createdAt: record.createdAt.toISOString(),
    editedAt: null,
    deletedAt: null,
  };
}
