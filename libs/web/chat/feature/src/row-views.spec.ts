import { sampleChat, sampleMessage, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import type { Overlay, ThreadItem } from '@course-chat/web/chat/state';
import { ENGLISH_FEATURE_LABELS } from './labels';
import { MessageViews } from './message-views';
import { rowView, type RowContext } from './row-views';

const context: RowContext = {
  userId: sampleTutor.id,
  side: 'tutor',
  activeId: null,
  drafts: {},
  typing: {},
  outbox: {},
  online: () => false,
  overlayOf: () => undefined,
  labels: ENGLISH_FEATURE_LABELS,
};
const fromTutor = {
  ...sampleChat,
  lastMessage: { seq: 1, senderId: sampleTutor.id, preview: 'x', createdAt: sampleMessage.createdAt },
};

describe(rowView.name, () => {
  it('shows the other person, and since when a question waits for the tutor', () => {
    expect(rowView(sampleChat, context)).toMatchObject({
      name: sampleStudent.name,
      link: `/tutor/chats/${sampleChat.id}`,
      previewOwn: false,
      waitingSince: sampleMessage.createdAt,
    });
    expect(rowView(fromTutor, context)).toMatchObject({ previewOwn: true, delivery: 'stored', waitingSince: null });
  });

  it('names an account that is gone in the language of the page', () => {
    const student = { ...sampleStudent, name: 'Deleted account', deleted: true as const };
    const labels = { deletedAccount: 'Cuenta eliminada' };
    expect(rowView({ ...sampleChat, student }, { ...context, labels }).name).toBe('Cuenta eliminada');
  });

  it('prefers typing to a draft and a draft to the last message, but not where the draft is open', () => {
    const drafts = { [sampleChat.id]: 'half a' };
    expect(rowView(sampleChat, { ...context, drafts }).previewKind).toBe('draft');
    expect(rowView(sampleChat, { ...context, drafts, activeId: sampleChat.id }).previewKind).toBe('text');
    expect(rowView(sampleChat, { ...context, drafts, typing: { [sampleChat.id]: sampleStudent.id } }).previewKind).toBe(
      'typing',
    );
  });

  it('shows what waits to be sent, and what could not be sent until something newer is said', () => {
    const given = (state: RowContext['outbox'][string]['state'], createdAt: string) =>
      rowView(fromTutor, {
        ...context,
        outbox: {
          m: {
            clientMessageId: 'm',
            chatId: sampleChat.id,
            text: 'Mine',
            createdAt,
            state,
            order: 1,
            attempts: 1,
            seq: null,
            failure: null,
            senderId: sampleTutor.id,
          },
        },
      });
    const [before, after] = ['2020-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'];
    expect(given('queued', before)).toMatchObject({ preview: 'Mine', delivery: 'queued' });
    expect(given('failed', after)).toMatchObject({ preview: 'Mine', delivery: 'failed' });
    expect(given('failed', before)).toMatchObject({ preview: 'x', delivery: 'stored' });
  });

  it('shows its last message as it is on this device: changed, or taken away', () => {
    const under = (overlay: Overlay, seq: number) =>
      rowView(fromTutor, { ...context, overlayOf: (_, at) => (at === seq ? overlay : undefined) });
    expect(under({ kind: 'edit', text: 'y\nz' }, 1)).toMatchObject({ preview: 'y z', previewKind: 'text' });
    expect(under({ kind: 'delete' }, 1)).toMatchObject({ preview: '', previewKind: 'deleted' });
    expect(under({ kind: 'delete' }, 2)).toMatchObject({ preview: 'x', previewKind: 'text' });
  });

  it('believes what is known of a person now, not what the snapshot once said', () => {
    expect(rowView(sampleChat, { ...context, online: () => true }).online).toBe(true);
    expect(rowView({ ...sampleChat, peer: { ...sampleChat.peer, online: true } }, context).online).toBe(false);
  });
});

describe(MessageViews.name, () => {
  const item: ThreadItem = {
    clientMessageId: sampleMessage.clientMessageId,
    seq: 1,
    senderId: sampleStudent.id,
    own: true,
    type: 'text',
    text: 'x',
    createdAt: sampleMessage.createdAt,
    edited: false,
    deleted: false,
    delivery: 'stored',
    failure: null,
  };
  const windows = { editMs: 15 * 60_000, deleteMs: 60 * 60_000 };
  const at = (minutes: number) => Date.parse(sampleMessage.createdAt) + minutes * 60_000;
  const may = (minutes: number, changes: Partial<ThreadItem> = {}, writable = true) => {
    const [view] = new MessageViews(ENGLISH_FEATURE_LABELS).of(
      [{ ...item, ...changes }],
      at(minutes),
      writable ? windows : null,
    );
    return [view?.canEdit, view?.canDelete];
  };

  it('lets nobody edit what this page does not know', () => {
    expect(may(1, { type: 'of a later version' })).toEqual([false, true]);
  });

  it('closes the windows of editing and deleting when the server would', () => {
    expect([may(14), may(16), may(61)]).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
  });

  it('opens neither for others, for what is not stored, for deleted ones, nor in a read-only chat', () => {
    const closed = [may(1, { own: false }), may(1, { seq: null }), may(1, { deleted: true }), may(1, {}, false)];
    expect(closed).toEqual(closed.map(() => [false, false]));
  });

  it('says why a message was not sent', () => {
    const views = new MessageViews(ENGLISH_FEATURE_LABELS);
    const failed: ThreadItem = { ...item, seq: null, delivery: 'failed', failure: 'READ_ONLY' };
    const [why, fine] = views.of([failed, { ...item }], at(1), windows);
    expect([why?.failureReason, fine?.failureReason]).toEqual(['This chat is read only.', null]);
  });

  it('keeps a view the same object while nothing changes, and tells a reused id apart by its sender', () => {
    const views = new MessageViews(ENGLISH_FEATURE_LABELS);
    const other = { ...item, own: false, senderId: sampleTutor.id };
    const [first, second] = views.of([item, other], at(1), windows);
    expect(views.of([item], at(2), windows)[0]).toBe(first);
    expect(second?.clientMessageId).not.toBe(first?.clientMessageId);
  });
});
