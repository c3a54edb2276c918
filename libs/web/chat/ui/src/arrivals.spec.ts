import { arrivedSince, countUnseen, failedSince } from './arrivals';
import { messageView, messageViews } from './testing/views';

const keys = (messages: { clientMessageId: string }[]) => messages.map((message) => message.clientMessageId);

it('tells what the other one wrote, in order, and nothing of older pages', () => {
  const before = messageViews(10, 20);
  const now = [
    ...messageViews(1, 9),
    ...before,
    messageView(21),
    messageView(22, { own: true }),
    messageView(23),
    messageView(null, { own: true }),
  ];
  expect(keys(arrivedSince(before, now))).toEqual(['m21', 'm23']);
});

it('tells nothing of a first page or of a chat read from scratch', () => {
  expect(arrivedSince([], messageViews(1, 3))).toEqual([]);
  expect(arrivedSince(messageViews(1, 3), messageViews(400, 900))).toEqual([]);
});

it('tells a failure once', () => {
  const failed = messageView(null, { own: true, delivery: 'failed' });
  const sending = { ...failed, delivery: 'sending' as const };
  expect(keys(failedSince([messageView(1), sending], [messageView(1), failed]))).toEqual(['mnew']);
  expect(failedSince([failed], [failed])).toEqual([]);
});

it('counts what stands after the last seen seq, own messages aside', () => {
  expect(countUnseen([...messageViews(1, 5), messageView(6, { own: true }), messageView(7)], 3)).toBe(3);
});
