import type { CopyAtEnd, DeviceAtEnd, History, StoredChat, StoredMessage, Truth, Violation } from '../history.ts';
import { contentOf, describe } from './log.laws.ts';

/** Laws 3, 4 and 8 on what the devices show: the same as the log, in its order, whatever they went through. */
export function* checkDevices(history: History, truth: Truth): Iterable<Violation> {
  const chats = new Map(truth.chats.map((chat) => [chat.id, chat]));
  for (const device of history.devices) yield* checkDevice(device, chats, truth);
}

/** What is not yet the same on one device; also asked while waiting for everything to become quiet. */
export function* checkDevice(
  device: DeviceAtEnd,
  chats: ReadonlyMap<string, StoredChat>,
  truth: Truth,
): Iterable<Violation> {
  const mine = [...chats.values()].filter((chat) => chat.studentId === device.userId || chat.tutorId === device.userId);
  for (const chat of mine) {
    const copy = device.copies.find(({ chatId }) => chatId === chat.id);
    const messages = truth.messages.get(chat.id) ?? [];
    if (!copy) {
      yield { law: 3, name: 'missing_on_device', chatId: chat.id, text: `${device.id} does not know the chat` };
      continue;
    }
    yield* checkMessages(device, copy, messages);
    yield* checkRegisters(device, copy, chat, messages);
  }
  const total = mine.reduce((sum, chat) => sum + unreadOf(chat, device.userId, truth.messages.get(chat.id) ?? []), 0);
  if (device.unreadTotal !== null && device.unreadTotal !== total) {
    yield {
      law: 4,
      name: 'wrong_unread_total',
      text: `${device.id} shows ${device.unreadTotal} unread in all, a count says ${total}`,
    };
  }
}

/** Unread as a count over the stored messages says: above my readSeq, sent by the other side. */
export function unreadOf(chat: StoredChat, userId: string, messages: readonly StoredMessage[]): number {
  const { readSeq } = userId === chat.studentId ? chat.student : chat.tutor;
  return messages.filter(({ seq, senderId }) => seq > readSeq && senderId !== userId).length;
}

function* checkMessages(device: DeviceAtEnd, copy: CopyAtEnd, messages: readonly StoredMessage[]): Iterable<Violation> {
  const { chatId } = copy;
  const shown = new Map(copy.messages.map((message) => [message.seq, message]));
  for (const message of messages) {
    if (message.seq <= copy.floor) continue;
    const held = shown.get(message.seq);
    shown.delete(message.seq);
    if (!held)
      yield { law: 3, name: 'missing_on_device', chatId, text: `${device.id} does not show ${describe(message)}` };
    else if (contentOf(held) !== contentOf(message)) {
      yield {
        law: 3,
        name: 'stale_on_device',
        chatId,
        text: `${device.id} shows ${describe(held)} for ${describe(message)}`,
      };
    }
  }
  for (const extra of shown.values()) {
    yield {
      law: 3,
      name: 'extra_on_device',
      chatId,
      text: `${device.id} shows ${describe(extra)}, which is not in the log`,
    };
  }
  const wrong = copy.shown.findIndex((seq, index) => index > 0 && seq !== (copy.shown[index - 1] ?? 0) + 1);
  if (wrong > 0) {
    yield {
      law: 3,
      name: 'out_of_order',
      chatId,
      text: `${device.id} showed #${copy.shown[wrong]} after #${copy.shown[wrong - 1]}`,
    };
  }
}

function* checkRegisters(
  device: DeviceAtEnd,
  copy: CopyAtEnd,
  chat: StoredChat,
  messages: readonly StoredMessage[],
): Iterable<Violation> {
  const isStudent = device.userId === chat.studentId;
  const [mine, theirs] = isStudent ? [chat.student, chat.tutor] : [chat.tutor, chat.student];
  for (const [whose, held, stored] of [
    ['own', copy.me, mine],
    ['the other’s', copy.peer, theirs],
  ] as const) {
    if (held.readSeq === stored.readSeq && held.deliveredSeq === stored.deliveredSeq) continue;
    const text = `${device.id} shows ${whose} receipts as ${held.readSeq}/${held.deliveredSeq}, stored are ${stored.readSeq}/${stored.deliveredSeq}`;
    yield { law: 3, name: 'receipt_diverged', chatId: chat.id, text };
  }
  const unread = unreadOf(chat, device.userId, messages);
  if (copy.unreadCount !== unread) {
    yield {
      law: 4,
      name: 'wrong_unread',
      chatId: chat.id,
      text: `${device.id} shows ${copy.unreadCount} unread, a count says ${unread}`,
    };
  }
}
