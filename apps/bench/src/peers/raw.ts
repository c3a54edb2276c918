/**
 * The least a chat server can do: one native insert a message, then ack and broadcast. Nothing is validated, nothing is
 * projected, a message sent twice is stored twice, and a refused insert leaves a hole.
 */
import { createServer } from 'node:http';
import { answering, DURABLE, listenForUsers, openRawLog, rawMessage, rawRecord, readSettings } from './peer-kit.ts';

const settings = readSettings();
const log = await openRawLog(settings);
const http = createServer((_request, response) => response.end('ok'));
const io = listenForUsers(http, settings);
/** By chat, the last message on its way: inserts run side by side, but a chat's messages go out in order. */
const turns = new Map<string, Promise<unknown>>();

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
    const stored = log.messages.insertOne(record, DURABLE);
    const turn = Promise.all([stored, turns.get(command.chatId)]);
    turns.set(
      command.chatId,
      turn.catch(() => undefined),
    );
    await turn;
    const message = rawMessage(record);
    io.to([`user:${studentId}`, `user:${tutorId}`]).emit('message_created', { message });
    return message;
  });
});

http.listen(settings.port, '127.0.0.1');
