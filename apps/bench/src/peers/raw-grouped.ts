/** As raw.ts, but what arrives while a write is under way goes out together in the next `insertMany`. */
import { createServer } from 'node:http';
import { answering, DURABLE, listenForUsers, openRawLog, rawMessage, rawRecord, readSettings } from './peer-kit.ts';

/** Most messages of one write. */
const BATCH_MAX = 256;

interface Waiting {
  readonly record: ReturnType<typeof rawRecord>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const settings = readSettings();
const log = await openRawLog(settings);
const http = createServer((_request, response) => response.end('ok'));
const io = listenForUsers(http, settings);
const queue: Waiting[] = [];
let isWriting = false;

function store(record: Waiting['record']): Promise<void> {
  return new Promise((resolve, reject) => {
    queue.push({ record, resolve, reject });
    if (!isWriting) void writeAll();
  });
}

async function writeAll(): Promise<void> {
  isWriting = true;
  while (queue.length > 0) {
    const batch = queue.splice(0, BATCH_MAX);
    try {
      await log.messages.insertMany(
        batch.map(({ record }) => record),
        DURABLE,
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  isWriting = false;
}

io.on('connection', (socket) => {
  const userId = String(socket.data.userId);
  answering(socket, 'join_chat', async ({ chatId }) => {
    log.membersOf(chatId, userId);
    await socket.join(`chat:${chatId}`);
    return { id: chatId };
  });
  answering(socket, 'send_message', async (command) => {
    const { studentId, tutorId } = log.membersOf(command.chatId, userId);
    const record = rawRecord(command, userId, log.nextSeq(command.chatId));
    await store(record);
    const message = rawMessage(record);
    io.to([`user:${studentId}`, `user:${tutorId}`]).emit('message_created', { message });
    return message;
  });
});

http.listen(settings.port, '127.0.0.1');
