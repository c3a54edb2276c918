import type { ChangeRecord, History, StoredMessage, Truth, Violation } from '../history.ts';
import { describe } from './log.laws.ts';

/** Edits and deletions: what was acknowledged stays, unless a later change by the same person came over it. */
export function* checkChanges(history: History, truth: Truth): Iterable<Violation> {
  const changes = Map.groupBy(history.changes, ({ chatId, seq }) => `${chatId} ${seq}`);
  for (const [chatId, messages] of truth.messages) {
    for (const message of messages) {
      yield* checkMessage(message, changes.get(`${chatId} ${message.seq}`) ?? [], truth.before.has(message.id));
    }
  }
}

function* checkMessage(
  message: StoredMessage,
  changes: readonly ChangeRecord[],
  wasThere: boolean,
): Iterable<Violation> {
  const { chatId } = message;
  const acked = changes.filter((change) => change.outcome === 'stored' && change.message);
  const newest = Math.max(0, ...acked.map((change) => change.message?.rev ?? 0));
  const wrong = (text: string): Violation => ({ law: 3, name: 'lost_change', chatId, text });
  if (message.rev < newest) {
    yield wrong(`${describe(message)}, though rev ${newest} was acknowledged`);
    return;
  }
  if (acked.some((change) => change.text === null) && !message.deletedAt)
    yield wrong(`${describe(message)} was deleted and is back`);
  if (message.deletedAt && message.text !== '') yield wrong(`${describe(message)} is deleted and still has its text`);
  if (message.deletedAt && !wasThere && !changes.some((change) => change.text === null)) {
    yield wrong(`${describe(message)} was deleted by nobody`);
  }
  if (!message.deletedAt && message.rev > 0 && !wasThere && !changes.some((change) => change.text === message.text)) {
    yield wrong(`${describe(message)} has a text that nobody wrote`);
  }
}
