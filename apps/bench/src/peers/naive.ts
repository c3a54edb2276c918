/**
 * The chat as it is usually written, and as the summary this product began with describes it: Express, default Socket.IO,
 * a Mongoose document a message, a counter of unread messages, pages by skip and limit, and reading as an update of all
 * messages read. Written without malice: one save and one update a message, indexes where its queries need them.
 */
import { createServer } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import mongoose from 'mongoose';
import { verifyToken } from '../seed/token.ts';
import { answering, listenForUsers, readSettings, type PeerMessage } from './peer-kit.ts';

const settings = readSettings();
const { ObjectId } = mongoose.Schema.Types;

const Chat = mongoose.model(
  'Chat',
  new mongoose.Schema(
    {
      participants: [
        { _id: false, user: { type: ObjectId, index: true }, userType: { type: String, enum: ['User', 'Tutor'] } },
      ],
      studentId: ObjectId,
      tutorId: ObjectId,
      lastMessage: { type: ObjectId, ref: 'Message', default: null },
      unreadCount: { user: { type: Number, default: 0 }, tutor: { type: Number, default: 0 } },
    },
    { timestamps: true, collection: 'chats' },
  ),
);
const Message = mongoose.model(
  'Message',
  new mongoose.Schema(
    {
      chat: { type: ObjectId, ref: 'Chat', required: true },
      sender: { type: ObjectId, required: true },
      clientMessageId: String,
      messageType: { type: String, default: 'text' },
      content: { type: String, required: true, trim: true },
      readBy: [{ _id: false, user: ObjectId, readAt: Date }],
      isEdited: { type: Boolean, default: false },
      isDeleted: { type: Boolean, default: false },
    },
    { timestamps: true, collection: 'messages' },
  ).index({ chat: 1, createdAt: -1 }),
);

await mongoose.connect(settings.mongodbUri);
await Promise.all([Chat.init(), Message.init()]);

const app = express();
const http = createServer(app);
const io = listenForUsers(http, settings);

io.on('connection', (socket) => {
  const userId = String(socket.data.userId);
  answering(socket, 'join_chat', async ({ chatId }) => {
    const chat = await chatOf(chatId, userId);
    await socket.join(`chat:${chatId}`);
    return chat;
  });
  answering(socket, 'send_message', async ({ chatId, clientMessageId, text }) => {
    const chat = await chatOf(chatId, userId);
    const message = await new Message({ chat: chat._id, sender: userId, clientMessageId, content: text }).save();
    const other = userId === String(chat.studentId) ? 'tutor' : 'user';
    await Chat.findByIdAndUpdate(chat._id, {
      $set: { lastMessage: message._id },
      $inc: { [`unreadCount.${other}`]: 1 },
    });
    const wire = wireOf(message);
    io.to([`user:${chat.studentId}`, `user:${chat.tutorId}`]).emit('message_created', { message: wire });
    return wire;
  });
});

app.get('/', (_request, response) => void response.send('ok'));
app.use(authenticated);
app.get('/api/:side/chats', async (_request, response) => {
  const chats = await Chat.find({ 'participants.user': userOf(response) })
    .sort({ updatedAt: -1 })
    .populate('lastMessage');
  response.json({ items: chats });
});
app.get('/api/:side/chats/:chatId/messages', async (request, response) => {
  const chat = await chatOf(request.params.chatId, userOf(response));
  const [page, limit] = [Number(request.query['page'] ?? 1), Number(request.query['limit'] ?? 50)];
  const [items, total] = await Promise.all([
    Message.find({ chat: chat._id, isDeleted: false })
      .sort({ createdAt: -1 })
      .skip((page - 1) * limit)
      .limit(limit),
    Message.countDocuments({ chat: chat._id, isDeleted: false }),
  ]);
  response.json({ items: items.map(wireOf).reverse(), totalPages: Math.ceil(total / limit) });
});
app.post('/api/:side/chats/:chatId/read', async (request, response) => {
  const userId = userOf(response);
  const chat = await chatOf(request.params.chatId, userId);
  await Message.updateMany(
    { chat: chat._id, sender: { $ne: userId }, 'readBy.user': { $ne: userId } },
    { $push: { readBy: { user: userId, readAt: new Date() } } },
  );
  const mine = userId === String(chat.studentId) ? 'user' : 'tutor';
  await Chat.updateOne({ _id: chat._id }, { $set: { [`unreadCount.${mine}`]: 0 } });
  response.json({ ok: true });
});

async function chatOf(chatId: string, userId: string) {
  const chat = await Chat.findById(chatId);
  if (!chat?.participants.some(({ user }) => String(user) === userId)) throw new Error('NOT_FOUND');
  return chat;
}

function wireOf(message: InstanceType<typeof Message>): PeerMessage {
  return {
    id: String(message._id),
    chatId: String(message.chat),
    rev: 0,
    clientMessageId: message.clientMessageId ?? '',
    senderId: String(message.sender),
    type: 'text',
    text: message.content,
    createdAt: message.createdAt.toISOString(),
    editedAt: null,
    deletedAt: null,
  };
}

function authenticated(request: Request, response: Response, next: NextFunction): void {
  try {
    response.locals['userId'] = verifyToken(
      settings.jwtSecret,
      request.headers.authorization?.replace('Bearer ', ''),
    ).sub;
    next();
  } catch {
    response.sendStatus(401);
  }
}

function userOf(response: Response): string {
  return String(response.locals['userId']);
}

http.listen(settings.port, '127.0.0.1');
