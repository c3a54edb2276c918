import { randomUUID } from 'node:crypto';
import { newObjectId } from '@course-chat/api/kernel';
import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { messageOfBytes } from './message-bytes';
import { toMessage } from './message-record';
import type { MessageRecord } from './message.schema';

const bytesOf = (record: object) => Buffer.from(mongo.BSON.serialize(record));
const time = fc.date({ noInvalidDate: true, min: new Date('1960-01-01'), max: new Date('9999-12-31') });
const count = fc.nat({ max: 2 ** 31 - 1 });
const record = fc.record({
  ...{ seq: count, fromStudent: count, rev: count, text: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  ...{ createdAt: time, editedAt: fc.option(time), deletedAt: fc.option(time), waitingSince: fc.option(time) },
});
const ids = () => ({ _id: newObjectId(), chatId: newObjectId(), senderId: newObjectId() });

describe(messageOfBytes.name, () => {
  it('reads what the driver would read, to the letter', () => {
    fc.assert(
      fc.property(record, (fields) => {
        const stored: MessageRecord = { ...ids(), clientMessageId: randomUUID(), type: 'text', ...fields };
        expect(messageOfBytes(bytesOf(stored))).toEqual(toMessage(stored));
      }),
    );
  });

  it('reads a message that was changed, whatever revs it had', () => {
    const changed = {
      ...ids(),
      seq: 1,
      rev: 9,
      revs: [3, 9],
      createdAt: new Date(0),
      editedAt: new Date(1),
      deletedAt: null,
    };
    const more = { text: 'Line', type: 'text', clientMessageId: randomUUID() };
    expect(messageOfBytes(bytesOf({ ...changed, ...more }))).toEqual(toMessage({ ...changed, ...more } as never));
  });

  it('takes fields in any order, and passes over one that the wire does not know', () => {
    const stored = { ...ids(), seq: 1, rev: 0, createdAt: new Date(0), editedAt: null, deletedAt: null };
    const more = { note: 'of a later version', text: 'Line', type: 'text', clientMessageId: randomUUID() };
    expect(messageOfBytes(bytesOf({ ...more, ...stored }))).toEqual(toMessage({ ...stored, ...more } as never));
  });

  it.each([{ settings: 'x' }, { settings: null }, { teal: 7 }])(
    'takes a later field for none of its own: %j',
    (more) => {
      const stored = { ...ids(), text: 'Line', ...more };
      expect(messageOfBytes(bytesOf(stored))).toMatchObject({ senderId: stored.senderId.toHexString(), text: 'Line' });
    },
  );

  it.each([
    ['a list', { list: [1] }],
    ['a place beyond 32 bits', { seq: 2 ** 40 }],
    ['a decimal', { rev: 0.5 }],
  ])('leaves %s to the driver', (_, fields) => {
    expect(messageOfBytes(bytesOf({ ...ids(), seq: 1, ...fields }))).toBeNull();
  });

  it('comes to an end on bytes that do not', () => {
    const whole = bytesOf({ ...ids(), seq: 1, text: 'Line', createdAt: new Date(0) });
    for (let length = 5; length < whole.length; length++) expect(messageOfBytes(whole.subarray(0, length))).toBeNull();
  });
});
