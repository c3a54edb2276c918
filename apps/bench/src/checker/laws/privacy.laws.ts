import type { History, Truth, Violation } from '../history.ts';

/** Law 5: nobody hears of a chat that is not theirs, nor of a person they share no chat with. */
export function* checkPrivacy(history: History, truth: Truth): Iterable<Violation> {
  const members = new Map(truth.chats.map((chat) => [chat.id, [chat.studentId, chat.tutorId]]));
  const told = new Set<string>();
  for (const { by, userId, name, chatId, aboutUserId } of history.heard) {
    const isMine = chatId === null || (members.get(chatId)?.includes(userId) ?? false);
    const isKnown =
      aboutUserId === null || [...members.values()].some((pair) => pair.includes(userId) && pair.includes(aboutUserId));
    const key = `${by} ${name} ${chatId}`;
    if ((isMine && isKnown) || told.has(key)) continue;
    told.add(key);
    yield {
      law: 5,
      name: 'leaked',
      ...(chatId && { chatId }),
      text: `${by} heard ${name} about ${aboutUserId ?? 'a chat of others'}`,
    };
  }
}
