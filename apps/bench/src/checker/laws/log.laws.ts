import type { Message } from '@course-chat/contracts';
import type { History, Sighting, StoredMessage, Truth, Violation } from '../history.ts';

/** Laws 1 and 2 on the log itself: every acknowledged or heard message is there once, in places 1..n. */
export function* checkLog(history: History, truth: Truth): Iterable<Violation> {
  yield* checkPlaces(truth);
  yield* checkSends(history, truth);
  yield* checkSightings(history, truth);
  yield* checkSenderOrder(history);
}

/** What people see of a message, in one comparable text. */
export function contentOf({ id, clientMessageId, senderId, text, createdAt, editedAt, deletedAt }: Message): string {
  return JSON.stringify([id, clientMessageId, senderId, text, createdAt, editedAt, deletedAt]);
}

export function describe(message: Message): string {
  const state = message.deletedAt ? 'deleted' : JSON.stringify(message.text.slice(0, 40));
  return `#${message.seq} rev ${message.rev} ${message.clientMessageId.slice(0, 8)} ${state}`;
}

function* checkPlaces(truth: Truth): Iterable<Violation> {
  for (const [chatId, messages] of truth.messages) {
    const seqs = messages.map(({ seq }) => seq).sort((a, b) => a - b);
    const wrong = seqs.findIndex((seq, index) => seq !== index + 1);
    if (wrong >= 0) {
      yield {
        law: 2,
        name: 'hole',
        chatId,
        text: `place ${wrong + 1} of ${seqs.length} is taken by seq ${seqs[wrong]}`,
      };
    }
    const revs = messages.flatMap((message) => message.revs).sort((a, b) => a - b);
    if (revs.some((rev, index) => rev !== index + 1))
      yield {
        law: 2,
        name: 'rev_reused',
        chatId,
        text: `each change has a rev of its own, but they are ${revs.join(' ')}`,
      };
    const keys = new Map<string, Message>();
    for (const message of messages) {
      const key = `${message.senderId} ${message.clientMessageId}`;
      const first = keys.get(key);
      if (first)
        yield { law: 1, name: 'doubled', chatId, text: `${describe(first)} and ${describe(message)} are one message` };
      keys.set(key, message);
    }
  }
}

function* checkSends(history: History, truth: Truth): Iterable<Violation> {
  const stored = new Map<string, StoredMessage>();
  for (const [chatId, messages] of truth.messages) {
    for (const message of messages) stored.set(`${chatId} ${message.senderId} ${message.clientMessageId}`, message);
  }
  const sent = new Map(history.sends.map((send) => [`${send.chatId} ${send.userId} ${send.clientMessageId}`, send]));
  for (const send of history.sends) {
    const found = stored.get(`${send.chatId} ${send.userId} ${send.clientMessageId}`);
    if (send.outcome === 'stored' && !found) {
      const text = `${send.deviceId} was told that ${send.clientMessageId.slice(0, 8)} "${send.text.slice(0, 40)}" is stored as #${send.message?.seq}`;
      yield { law: 1, name: 'lost', chatId: send.chatId, text };
    }
  }
  for (const [key, message] of stored) {
    const send = sent.get(key);
    if (!send && !truth.before.has(message.id)) {
      yield { law: 1, name: 'invented', chatId: message.chatId, text: `${describe(message)} was sent by nobody` };
    } else if (send && message.rev === 0 && message.text !== send.text) {
      yield {
        law: 1,
        name: 'invented',
        chatId: message.chatId,
        text: `${describe(message)} was sent as "${send.text.slice(0, 40)}"`,
      };
    }
  }
}

/** Whatever anybody saw is part of one story: one message a place, one content a rev, never older than before. */
function* checkSightings(history: History, truth: Truth): Iterable<Violation> {
  const places = new Map<string, Message>();
  const contents = new Map<string, Message>();
  for (const messages of truth.messages.values()) {
    for (const message of messages) {
      places.set(`${message.chatId} ${message.seq}`, message);
      contents.set(`${message.chatId} ${message.seq} ${message.rev}`, message);
    }
  }
  const blamed = new Set<string>();
  for (const { message, by, source } of history.sightings) {
    const place = `${message.chatId} ${message.seq}`;
    const known = places.get(place);
    if (!blamed.has(place) && known?.id !== message.id) {
      blamed.add(place);
      const saw = `${by} saw ${describe(message)} by ${source}`;
      if (known)
        yield {
          law: 2,
          name: 'seq_reused',
          chatId: message.chatId,
          text: `${saw}; the log has ${describe(known)} there`,
        };
      else yield { law: 1, name: 'lost', chatId: message.chatId, text: `${saw}; the log has nothing there` };
    }
    const version = `${place} ${message.rev}`;
    const first = contents.get(version);
    if (!first) contents.set(version, message);
    else if (!blamed.has(version) && contentOf(first) !== contentOf(message)) {
      blamed.add(version);
      yield {
        law: 3,
        name: 'two_truths',
        chatId: message.chatId,
        text: `${by} saw ${describe(message)} by ${source}, elsewhere it is ${describe(first)}`,
      };
    }
  }
  yield* checkFreshness(history.sightings);
}

/** An answer to a question asked after a change was seen must not be older than that change. */
function* checkFreshness(sightings: readonly Sighting[]): Iterable<Violation> {
  const byMessage = Map.groupBy(sightings, ({ message }) => `${message.chatId} ${message.seq}`);
  for (const seen of byMessage.values()) {
    if (seen.every(({ message }) => message.rev === 0)) continue;
    const arrivals = [...seen].sort((a, b) => a.seenAt - b.seenAt);
    const questions = seen.filter(({ source }) => !source.startsWith('message_')).sort((a, b) => a.askedAt - b.askedAt);
    let next = 0;
    let newest: Sighting | undefined;
    for (const question of questions) {
      for (let arrival = arrivals[next]; arrival && arrival.seenAt < question.askedAt; arrival = arrivals[++next]) {
        if (!newest || arrival.message.rev > newest.message.rev) newest = arrival;
      }
      if (newest && question.message.rev < newest.message.rev) {
        const text = `${question.by} was given ${describe(question.message)} by ${question.source} after ${newest.by} had seen rev ${newest.message.rev} by ${newest.source}`;
        yield { law: 3, name: 'stale_read', chatId: question.message.chatId, text };
        break;
      }
    }
  }
}

/** A device that sends one message after the other has them stored in that order. */
function* checkSenderOrder(history: History): Iterable<Violation> {
  const ofDevice = Map.groupBy(
    history.sends.filter((send) => send.inTurn && send.message),
    (send) => `${send.deviceId} ${send.chatId}`,
  );
  for (const sends of ofDevice.values()) {
    for (const [index, send] of sends.entries()) {
      const before = sends[index - 1];
      if (before?.message && send.message && send.message.seq < before.message.seq) {
        const text = `${send.deviceId} sent ${describe(send.message)} after ${describe(before.message)}`;
        yield { law: 2, name: 'sender_order', chatId: send.chatId, text };
      }
    }
  }
}
