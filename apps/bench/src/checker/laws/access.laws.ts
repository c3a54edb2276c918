import type { Closure, DeviceAtEnd, History, SendRecord, Truth, Violation } from '../history.ts';
import { describe } from './log.laws.ts';

/** Law 5: after a refund, or when the tutor has left, nobody writes, and everybody sees that nobody may. */
export function* checkAccess(history: History, truth: Truth): Iterable<Violation> {
  const sends = Map.groupBy(history.sends, keyOf);
  for (const closure of history.closures) yield* checkSilence(closure, sends, truth);
  for (const device of history.devices) yield* checkAccessShown(device, history.closures);
  for (const { userId, chats } of history.lists) {
    for (const { id, access } of chats) {
      const wanted = accessOf(id, history.closures);
      if (wanted === null || wanted === access) continue;
      const text = `the list of ${userId.slice(-6)} says ${access}, which is ${wanted}`;
      yield { law: 5, name: 'stale_access', chatId: id, text };
    }
  }
}

/** What one device shows wrongly; also asked while waiting for everything to become quiet. */
export function* checkAccessShown(device: DeviceAtEnd, closures: readonly Closure[]): Iterable<Violation> {
  for (const { chatId, access } of device.copies) {
    const wanted = accessOf(chatId, closures);
    if (wanted === null || wanted === access) continue;
    yield { law: 5, name: 'stale_access', chatId, text: `${device.id} shows ${access} for what is ${wanted}` };
  }
}

/** A message that was first asked for after the chat was closed is not stored before it was opened again. */
function* checkSilence(
  { chatId, closedAt, reopenedOnTheWall }: Closure,
  sends: ReadonlyMap<string, readonly SendRecord[]>,
  truth: Truth,
): Iterable<Violation> {
  for (const message of truth.messages.get(chatId) ?? []) {
    if (truth.before.has(message.id) || Date.parse(message.createdAt) >= reopenedOnTheWall) continue;
    const records = sends.get(keyOf({ chatId, userId: message.senderId, clientMessageId: message.clientMessageId }));
    const asked = Math.min(...(records ?? []).map(({ askedAt }) => askedAt ?? Infinity));
    if (!Number.isFinite(asked) || asked <= closedAt) continue;
    const text = `${describe(message)} was first sent ${Math.round(asked - closedAt)} ms after nobody might write any more`;
    yield { law: 5, name: 'written_when_closed', chatId, text };
  }
}

/** How a chat that was closed ends; null where devices are not told. */
function accessOf(chatId: string, closures: readonly Closure[]): 'active' | 'read_only' | null {
  const mine = closures.filter((closure) => closure.chatId === chatId);
  if (mine.length === 0 || mine.some(({ isTold }) => !isTold)) return null;
  return mine.every(({ reopenedAt }) => Number.isFinite(reopenedAt)) ? 'active' : 'read_only';
}

function keyOf({ chatId, userId, clientMessageId }: Pick<SendRecord, 'chatId' | 'userId' | 'clientMessageId'>): string {
  return `${chatId} ${userId} ${clientMessageId}`;
}
