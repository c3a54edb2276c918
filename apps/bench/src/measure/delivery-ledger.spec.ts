import { DeliveryLedger, hasFaults } from './delivery-ledger.ts';

const CHAT = 'chat';
const [STUDENT, TUTOR] = ['student', 'tutor'];

/** Ten messages of one sender, acknowledged, as both receivers got them. */
function roundOf(got: Record<string, readonly { number: number; seq?: number }[]>) {
  const ledger = new DeliveryLedger();
  ledger.open(0, [STUDENT, TUTOR]);
  for (let sent = 1; sent <= 10; sent++) ledger.acknowledged(0, ledger.send(0));
  for (const [receiver, messages] of Object.entries(got)) {
    for (const { number, seq } of messages) ledger.delivered(receiver, 0, number, CHAT, seq);
  }
  return ledger;
}

const ten = Array.from({ length: 10 }, (_, index) => ({ number: index + 1, seq: index + 101 }));
const without = (number: number) => ten.filter((message) => message.number !== number);
const swapped = (first: number) => [
  ...ten.slice(0, first - 1),
  ...ten.slice(first - 1, first + 1).reverse(),
  ...ten.slice(first + 1),
];
const withoutSeq = (messages: typeof ten) => messages.map(({ number }) => ({ number }));

describe(DeliveryLedger.name, () => {
  it('finds nothing where nothing is wrong', () => {
    const ledger = roundOf({ [STUDENT]: ten, [TUTOR]: ten });
    expect(ledger.faults()).toEqual({ lost: 0, doubled: 0, outOfOrder: 0, refused: 0 });
    expect(ledger.isComplete).toBe(true);
    expect(ledger.acked).toBe(10);
  });

  it.each([1, 5, 10])('finds message %i lost for one receiver', (number) => {
    const ledger = roundOf({ [STUDENT]: ten, [TUTOR]: withoutSeq(without(number)) });
    expect(ledger.faults()).toEqual({ lost: 1, doubled: 0, outOfOrder: 0, refused: 0 });
    expect(ledger.isComplete).toBe(false);
  });

  it('finds everything lost for a receiver who heard nothing', () => {
    expect(roundOf({ [STUDENT]: ten }).faults().lost).toBe(10);
  });

  it.each([1, 5, 10])('finds message %i doubled, at once or at the end', (number) => {
    const again = { number, seq: number + 100 };
    expect(roundOf({ [STUDENT]: [...ten, again], [TUTOR]: ten }).faults()).toEqual({
      lost: 0,
      doubled: 1,
      outOfOrder: 0,
      refused: 0,
    });
    const atOnce = ten.flatMap((message) => (message.number === number ? [message, message] : [message]));
    expect(roundOf({ [STUDENT]: ten, [TUTOR]: atOnce }).faults()).toEqual({
      lost: 0,
      doubled: 1,
      outOfOrder: 0,
      refused: 0,
    });
  });

  it.each([1, 5, 9])('finds messages %i and the next swapped, also without a seq', (first) => {
    const faults = roundOf({ [STUDENT]: withoutSeq(swapped(first)), [TUTOR]: ten }).faults();
    expect(faults).toEqual({ lost: 0, doubled: 0, outOfOrder: 1, refused: 0 });
    expect(hasFaults(roundOf({ [STUDENT]: swapped(first), [TUTOR]: ten }).faults())).toBe(true);
  });

  it('finds a chat whose seq leaves a place out or gives one twice', () => {
    const hole = ten.map(({ number, seq }) => ({ number, seq: seq + (number > 5 ? 1 : 0) }));
    expect(roundOf({ [STUDENT]: hole, [TUTOR]: ten }).faults().outOfOrder).toBe(1);
    const twice = ten.map(({ number, seq }) => ({ number, seq: seq - (number > 5 ? 1 : 0) }));
    expect(roundOf({ [STUDENT]: twice, [TUTOR]: ten }).faults().outOfOrder).toBe(1);
  });

  it('finds a message that nobody answered', () => {
    const ledger = roundOf({ [STUDENT]: ten, [TUTOR]: ten });
    const number = ledger.send(0);
    for (const receiver of [STUDENT, TUTOR]) ledger.delivered(receiver, 0, number, CHAT, 111);
    expect(ledger.faults()).toEqual({ lost: 0, doubled: 0, outOfOrder: 0, refused: 1 });
    expect(ledger.isComplete).toBe(false);
  });
});
