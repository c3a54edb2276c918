import type { ViolationName } from '../history';
import { checkLaws } from './index';
import { CHAT, goodStory, judge, message, NOW, spoilCopy, STRANGER, STUDENT, TUTOR, type Story } from './story';

describe(checkLaws, () => {
  it('finds nothing wrong with a good history', () => expect(judge(goodStory())).toEqual([]));

  const spoilt: [name: ViolationName, how: string, (story: Story) => void][] = [
    ['lost', 'an acknowledged message is not in the log', (story) => story.log.pop()],
    [
      'lost',
      'a message that was heard is not in the log',
      (story) => {
        const ghost = { ...message(5), clientMessageId: 'ghost' };
        story.history.sightings.push({ askedAt: 9, seenAt: 9, by: 'x', source: 'message_created', message: ghost });
      },
    ],
    [
      'doubled',
      'one id stands in two places',
      (story) =>
        story.log.push({ ...message(5, { clientMessageId: 'client-3', senderId: STUDENT }), fromStudent: 3, revs: [] }),
    ],
    [
      'invented',
      'the log has a message that nobody sent',
      (story) => story.log.push({ ...message(5), fromStudent: 3, revs: [] }),
    ],
    [
      'invented',
      'the log has another text than was sent',
      (story) => (story.log[0] = { ...story.log[0]!, text: 'other' }),
    ],
    ['hole', 'a place is empty', (story) => story.log.splice(1, 1)],
    [
      'hole',
      'two messages share a place',
      (story) => story.log.push({ ...message(4, { id: 'e'.repeat(24) }), fromStudent: 2, revs: [] }),
    ],
    ['rev_reused', 'two changes carry one rev', (story) => (story.log[2] = { ...story.log[2]!, rev: 1, revs: [1] })],
    [
      'rev_reused',
      'a change came after a later one',
      (story) => (story.log[2] = { ...story.log[2]!, rev: 3, revs: [3] }),
    ],
    [
      'seq_reused',
      'a place showed another message before',
      (story) => {
        const other = message(3, { id: 'f'.repeat(24) });
        story.history.sightings.push({ askedAt: 9, seenAt: 9, by: 'x', source: 'sync', message: other });
      },
    ],
    ['sender_order', 'a device’s messages stand in another order than sent', (story) => story.history.sends.reverse()],
    [
      'two_truths',
      'one rev has two texts',
      (story) => {
        story.history.sightings.push({
          askedAt: 9,
          seenAt: 9,
          by: 'x',
          source: 'sync',
          message: message(3, { text: 'other' }),
        });
      },
    ],
    [
      'stale_read',
      'an answer is older than what was seen before the question',
      (story) => {
        story.history.sightings.push({ askedAt: 20, seenAt: 21, by: 'x', source: 'sync', message: message(2) });
      },
    ],
    [
      'lost_change',
      'an acknowledged edit is gone',
      (story) => (story.log[1] = { ...story.log[1]!, rev: 0, text: 'text 2', editedAt: null }),
    ],
    [
      'lost_change',
      'a deleted message is back',
      (story) => {
        const deleted = message(2, { rev: 1, text: '', deletedAt: NOW });
        story.history.changes.push({
          userId: TUTOR,
          chatId: CHAT,
          seq: 2,
          text: null,
          outcome: 'stored',
          message: deleted,
        });
      },
    ],
    [
      'lost_change',
      'a deleted message keeps its text',
      (story) => {
        story.history.changes.push({ userId: TUTOR, chatId: CHAT, seq: 4, text: null, outcome: 'open' });
        story.log[3] = { ...story.log[3]!, rev: 2, deletedAt: NOW };
      },
    ],
    [
      'missing_on_device',
      'a device lacks a message',
      (story) => spoilCopy(story, (copy) => ({ messages: copy.messages.slice(0, 3) })),
    ],
    [
      'missing_on_device',
      'a device does not know a chat',
      (story) => (story.devices = [{ ...story.devices[0]!, copies: [] }]),
    ],
    [
      'extra_on_device',
      'a device shows what is not in the log',
      (story) => spoilCopy(story, (copy) => ({ messages: [...copy.messages, message(5)] })),
    ],
    [
      'stale_on_device',
      'a device shows the text before the edit',
      (story) =>
        spoilCopy(story, (copy) => ({ messages: copy.messages.map((held) => (held.seq === 2 ? message(2) : held)) })),
    ],
    ['out_of_order', 'a device showed 3 before 2', (story) => spoilCopy(story, () => ({ shown: [1, 3, 2, 4] }))],
    [
      'receipt_diverged',
      'a device shows old receipts',
      (story) => spoilCopy(story, () => ({ peer: { readSeq: 3, deliveredSeq: 4 } })),
    ],
    ['wrong_unread', 'a device shows a wrong badge', (story) => spoilCopy(story, () => ({ unreadCount: 2 }))],
    ['wrong_unread', 'the stored count drifted', (story) => (story.chat.unread = { student: 2, tutor: 0 })],
    [
      'wrong_unread',
      'the list says another count',
      (story) => Object.assign(story.history.lists[0]!.chats[0]!, { unreadCount: 0 }),
    ],
    [
      'wrong_unread_total',
      'a device shows a wrong total',
      (story) => (story.devices[0] = { ...story.devices[0]!, unreadTotal: 7 }),
    ],
    [
      'wrong_unread_total',
      'the list says another total',
      (story) => Object.assign(story.history.lists[0]!, { unreadTotal: 3 }),
    ],
    ['wrong_projection', 'the chat lags behind its log', (story) => (story.chat.lastSeq = 3)],
    ['wrong_projection', 'an answered question still waits', (story) => (story.chat.waitingSince = NOW)],
    ['wrong_projection', 'the chat does not know the newest change', (story) => (story.chat.lastRev = 0)],
    [
      'receipt_beyond',
      'more was read than delivered',
      (story) => (story.chat.student = { readSeq: 4, deliveredSeq: 3 }),
    ],
    [
      'receipt_beyond',
      'an answer said more was delivered than there is',
      (story) =>
        story.history.receipts.push({
          askedAt: 7,
          seenAt: 7,
          by: 'x',
          source: 'join',
          chatId: CHAT,
          userId: TUTOR,
          readSeq: 2,
          deliveredSeq: 5,
          lastSeq: 4,
        }),
    ],
    [
      'receipt_regressed',
      'a later answer says less',
      (story) =>
        story.history.receipts.push({
          askedAt: 7,
          seenAt: 8,
          by: 'y',
          source: 'sync',
          chatId: CHAT,
          userId: STUDENT,
          readSeq: 1,
          deliveredSeq: 3,
          lastSeq: 4,
        }),
    ],
    [
      'leaked',
      'a stranger heard of the chat',
      (story) =>
        story.history.heard.push({
          at: 0,
          by: 'z',
          userId: STRANGER,
          name: 'message_created',
          chatId: CHAT,
          aboutUserId: null,
        }),
    ],
    [
      'leaked',
      'a stranger heard who is there',
      (story) =>
        story.history.heard.push({
          at: 0,
          by: 'z',
          userId: STRANGER,
          name: 'user_online',
          chatId: null,
          aboutUserId: STUDENT,
        }),
    ],
    [
      'crashed',
      'something was plainly wrong on the way',
      (story) => story.history.violate({ law: 7, name: 'crashed', text: 'api 1 ended' }),
    ],
  ];
  it.each(spoilt)('reports %s when %s', (name, _how, spoil) => {
    const story = goodStory();
    spoil(story);
    expect(judge(story).map((violation) => violation.name)).toContain(name);
  });

  it('lets an answer be older that was asked for before the change was seen', () => {
    const story = goodStory();
    story.history.sightings.push({ askedAt: 9, seenAt: 30, by: 'x', source: 'sync', message: message(2) });
    story.history.receipts.push({
      askedAt: 4,
      seenAt: 30,
      by: 'y',
      source: 'sync',
      chatId: CHAT,
      userId: STUDENT,
      readSeq: 1,
      deliveredSeq: 1,
      lastSeq: 4,
    });
    expect(judge(story)).toEqual([]);
  });
});
