import { join } from 'node:path';
import mongoose from 'mongoose';
import { signToken } from '../../seed/token.ts';
import { pause } from '../device/device.ts';
import { planFaults } from '../faults/plan.ts';
import { History, type StoredChat, type StoredMessage, type Truth, type Violation } from '../history.ts';
import { checkLaws } from '../laws/index.ts';
import { Child } from '../processes/child.ts';
import type { Database } from '../processes/database.ts';
import { Random } from '../random.ts';
import { NaiveDevice } from './naive-device.ts';

const SECRET = 'the history checker signs with this secret';
const STUDENTS = 3;
const TUTORS = 2;
const DEVICES_EACH = 2;
/** More than the digest of the product would need. */
const QUIET_MS = 5_000;

/** What the laws say of the naive peer, of those laws that it has anything to do with. */
const JUDGED = new Set<Violation['name']>([
  'lost',
  'doubled',
  'invented',
  'missing_on_device',
  'extra_on_device',
  'out_of_order',
  'wrong_unread',
]);

/**
 * The same faults and the same laws on the chat as it is usually written: a detector that finds nothing there is
 * worthless. Its messages have no place of their own, so the order in which they are stored stands in for one.
 */
export async function playNaive(root: string, database: Database, seed: number, seconds: number, port: number) {
  const history = new History();
  const random = new Random(seed);
  const uri = database.uri(`checker-naive-${seed}`);
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  const chats = await seedChats(client.db());
  const server = new NaiveServer(root, port, uri, history);
  await server.start();
  const devices: NaiveDevice[] = [];
  try {
    for (const userId of new Set(chats.flatMap(({ studentId, tutorId }) => [studentId, tutorId]))) {
      const token = signToken(SECRET, { id: userId, role: 'student', sessionId: userId });
      const mine = chats.filter((chat) => chat.studentId === userId || chat.tutorId === userId).map(({ id }) => id);
      for (let index = 1; index <= DEVICES_EACH; index++) {
        const id = `${userId.slice(-4)}/${index}`;
        devices.push(await NaiveDevice.make(id, { userId, token }, mine, random.fork(id), history, () => port));
      }
    }
    while (!devices.every(({ isConnected }) => isConnected)) await pause(50);
    let isOver = false;
    const lives = devices.map((device) => device.live(() => isOver));
    const begun = performance.now();
    for (const fault of planFaults(random.fork('faults'), seconds, false)) {
      await pause(Math.max(0, begun + fault.at - performance.now()));
      const device = devices[fault.which % devices.length] as NaiveDevice;
      if (fault.kind === 'killApi') await server.restart(fault.ms / 3);
      else if (fault.kind === 'cut' || fault.kind === 'cutInside') {
        history.count('cut');
        device.link.cutInsideFrame(fault.which % 2 === 0 ? 'up' : 'down');
      } else if (fault.kind === 'stall') device.link.stall(fault.ms);
      else if (fault.kind === 'duplicate') device.link.duplicateFrames('up', 1);
    }
    await pause(Math.max(0, begun + seconds * 1000 - performance.now()));
    isOver = true;
    devices.forEach(({ link }) => link.heal());
    await Promise.all(lives);
    await pause(QUIET_MS);
    const truth = await readTruth(client.db(), chats);
    const places = new Map([...truth.messages.values()].flat().map((message) => [message.id, message.seq]));
    history.devices.push(...devices.map((device) => device.atEnd((id) => places.get(id) ?? 0)));
    return { history, truth, violations: checkLaws(history, truth).filter(({ name }) => JUDGED.has(name)) };
  } finally {
    await Promise.all(devices.map((device) => device.end()));
    await server.end();
    await client.db().dropDatabase();
    await client.close();
  }
}

/** The peer as a process that is killed like the product. */
class NaiveServer {
  private child: Child | null = null;
  private readonly root: string;
  private readonly port: number;
  private readonly uri: string;
  private readonly history: History;

  constructor(root: string, port: number, uri: string, history: History) {
    this.root = root;
    this.port = port;
    this.uri = uri;
    this.history = history;
  }

  async start(): Promise<void> {
    const env = { ...process.env, PORT: String(this.port), MONGODB_URI: this.uri, JWT_SECRET: SECRET };
    const peer = join(this.root, 'apps/bench/src/peers/naive.ts');
    this.child = new Child(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', peer], env, (how) =>
      this.history.fault(`the peer ${how}`),
    );
    for (let tries = 0; tries < 600 && !this.child.hasEnded; tries++) {
      if ((await fetch(`http://127.0.0.1:${this.port}/`).catch(() => null))?.ok) return;
      await pause(50);
    }
    throw new Error(`The naive peer did not start: ${this.child.lastWords}`);
  }

  async restart(downMs: number): Promise<void> {
    this.history.count('kill');
    await this.child?.kill();
    await pause(downMs);
    await this.start();
  }

  async end(): Promise<void> {
    await this.child?.kill();
  }
}

async function seedChats(db: mongoose.mongo.Db): Promise<StoredChat[]> {
  const id = () => new mongoose.mongo.ObjectId();
  const [students, tutors] = [Array.from({ length: STUDENTS }, id), Array.from({ length: TUTORS }, id)];
  const documents = students.flatMap((studentId) =>
    tutors.map((tutorId) => ({
      _id: id(),
      participants: [
        { user: studentId, userType: 'User' },
        { user: tutorId, userType: 'Tutor' },
      ],
      studentId,
      tutorId,
      unreadCount: { user: 0, tutor: 0 },
    })),
  );
  await db.collection('chats').insertMany(documents);
  return documents.map(({ _id, studentId, tutorId }) =>
    toChat(String(_id), String(studentId), String(tutorId), 0, { student: 0, tutor: 0 }),
  );
}

function toChat(
  id: string,
  studentId: string,
  tutorId: string,
  lastSeq: number,
  unread: StoredChat['unread'],
): StoredChat {
  const receipts = { readSeq: 0, deliveredSeq: 0 };
  const nothing = { lastRev: 0, waitingSince: null, student: receipts, tutor: receipts };
  return { id, studentId, tutorId, lastSeq, ...nothing, unread };
}

async function readTruth(db: mongoose.mongo.Db, chats: readonly StoredChat[]): Promise<Truth> {
  const messages = new Map<string, StoredMessage[]>();
  const stored = new Map(
    (await db.collection('chats').find().toArray()).map((chat) => [String(chat['_id']), chat['unreadCount']]),
  );
  for (const chat of chats) {
    const records = await db
      .collection('messages')
      .find({ chat: new mongoose.mongo.ObjectId(chat.id) })
      .sort({ createdAt: 1, _id: 1 })
      .toArray();
    messages.set(
      chat.id,
      records.map((record, index) => ({
        id: String(record['_id']),
        chatId: chat.id,
        seq: index + 1,
        fromStudent: 0,
        revs: [],
        rev: 0,
        clientMessageId: String(record['clientMessageId']),
        senderId: String(record['sender']),
        type: 'text',
        text: String(record['content']),
        createdAt: (record['createdAt'] as Date).toISOString(),
        editedAt: null,
        deletedAt: null,
      })),
    );
  }
  const counted = chats.map(({ id, studentId, tutorId }) => {
    const unread = stored.get(id) as { user: number; tutor: number };
    return toChat(id, studentId, tutorId, messages.get(id)?.length ?? 0, { student: unread.user, tutor: unread.tutor });
  });
  return { chats: counted, messages, before: new Set() };
}
