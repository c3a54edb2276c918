import type { Message } from '@course-chat/contracts';
import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { CommandError, ConnectionSocketActions, type CommandErrorCode } from '@course-chat/web/realtime';
import type { Store } from '@ngrx/store';
import { BehaviorSubject } from 'rxjs';
import type { ChatSocket } from '../chat-socket';
import { ChatPageActions, ChatSessionActions, ChatSocketActions, OutboxActions } from '../chat.actions';
import { selectHasUnsent } from '../messages/messages.selectors';
import { FakeStore, messageOf, settle } from '../testing/fake-store';
import { drain, forget, holdPage, persist, restore } from './outbox.effects';
import { MemoryOutbox } from './outbox.repository';

const chatId = sampleChat.id;
const me = sampleStudent.id;
const at = '2026-11-22T15:00:00.000Z';
const atMinute = (n: number) => new Date(Date.parse(at) + n * 60_000).toISOString();
const id = (n: number) => `22222222-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Answers each send from a script; without one, it stores. */
class FakeSocket {
  online = true;
  sent: string[] = [];
  payloads: object[] = [];
  script: (CommandError | 'never')[] = [];
  private seq = 0;

  async send(payload: { chatId: string; clientMessageId: string; text: string }): Promise<Message> {
    const { chatId: to, clientMessageId, text } = payload;
    this.sent.push(clientMessageId);
    this.payloads.push(payload);
    const answer = this.script.shift();
    if (answer === 'never') return new Promise(() => undefined);
    if (answer) throw answer;
    return messageOf(++this.seq, { chatId: to, clientMessageId, text, senderId: me });
  }
}

describe('the outbox', () => {
  let store: FakeStore;
  let socket: FakeSocket;
  let waits: number[];

  function setUp(): void {
    store = new FakeStore();
    socket = new FakeSocket();
    waits = [];
    const wait = async (ms: number) => void waits.push(ms);
    store.run(drain(store.actions$, socket as unknown as ChatSocket, store.snapshot, wait, () => 1));
    store.start();
  }

  beforeEach(setUp);
  afterEach(() => store.stop());

  it('sends whole what a tab of a later version left on the device', async () => {
    const command = { chatId, clientMessageId: id(1), text: 'Which day?', poll: { choices: ['Monday', 'Friday'] } };
    const kept = {
      senderId: me,
      createdAt: at,
      state: 'queued',
      attempts: 2,
      failure: null,
      order: 1,
      seq: null,
    } as const;
    store.dispatch(OutboxActions.restored({ entries: [{ ...command, ...kept }] }));
    await settle();
    expect(socket.payloads).toEqual([command]);
  });

  const submit = (n: number) =>
    store.dispatch(
      ChatPageActions.messageSubmitted({ chatId, clientMessageId: id(n), text: `text ${n}`, at: atMinute(n) }),
    );
  const online = () => store.dispatch(ConnectionSocketActions.online({ at: 1 }));
  const stateOf = (n: number) => store.messages.outbox[id(n)]?.state;
  const refuse = (code: CommandErrorCode, retryAfterMs?: number) => new CommandError(code, code, { retryAfterMs });

  it('sends in the order of writing, one at a time', async () => {
    socket.script = ['never'];
    for (const n of [1, 2, 3]) submit(n);
    await settle();
    expect(socket.sent).toEqual([id(1)]);
    expect([1, 2, 3].map(stateOf)).toEqual(['sending', 'queued', 'queued']);
  });

  it('empties as messages are stored', async () => {
    for (const n of [1, 2, 3]) submit(n);
    await settle(40);
    expect(socket.sent).toEqual([id(1), id(2), id(3)]);
    expect(store.messages.outbox).toEqual({});
  });

  it('keeps what is written offline and sends it in order on reconnect', async () => {
    socket.online = false;
    for (const n of [1, 2]) submit(n);
    await settle();
    expect(socket.sent).toEqual([]);
    expect(stateOf(1)).toBe('queued');
    socket.online = true;
    online();
    await settle(40);
    expect(socket.sent).toEqual([id(1), id(2)]);
  });

  it.each<CommandErrorCode>(['TIMEOUT', 'DISCONNECTED', 'INTERNAL', 'UNAVAILABLE', 'UNAUTHENTICATED'])(
    'sends the same id again after %s, before anything behind it',
    async (code) => {
      socket.script = [refuse(code), refuse(code)];
      submit(1);
      submit(2);
      await settle(60);
      expect(socket.sent).toEqual([id(1), id(1), id(1), id(2)]);
      expect(waits).toEqual([1_000, 2_000]);
    },
  );

  it('tries again with a new connection, however long it would have waited', async () => {
    store.stop();
    store = new FakeStore();
    const never = () => new Promise<void>(() => undefined);
    store.run(drain(store.actions$, socket as unknown as ChatSocket, store.snapshot, never, () => 1));
    store.start();
    socket.script = [refuse('DISCONNECTED')];
    submit(1);
    await settle();
    expect(socket.sent).toEqual([id(1)]);
    online();
    await settle();
    expect(socket.sent).toEqual([id(1), id(1)]);
  });

  it.each<CommandErrorCode>(['RATE_LIMITED', 'UNAVAILABLE'])('waits as long as %s asks', async (code) => {
    socket.script = [refuse(code, 1234)];
    submit(1);
    await settle(40);
    expect(waits).toEqual([1234]);
    expect(socket.sent).toEqual([id(1), id(1)]);
  });

  it.each<CommandErrorCode>([
    'VALIDATION_FAILED',
    'READ_ONLY',
    'NOT_ENROLLED',
    'FORBIDDEN',
    'NOT_FOUND',
    'TOO_LARGE',
    'CONFLICT',
  ])('leaves it to the person after %s, and goes on with the next', async (code) => {
    socket.script = [refuse(code)];
    submit(1);
    submit(2);
    await settle(40);
    expect(socket.sent).toEqual([id(1), id(2)]);
    expect(store.messages.outbox[id(1)]).toMatchObject({ state: 'failed', failure: code });
    expect(stateOf(2)).toBeUndefined();
  });

  it('gives up on a message that breaks the server every time, so that the line moves on', async () => {
    socket.script = Array.from({ length: 8 }, () => refuse('INTERNAL'));
    submit(1);
    submit(2);
    await settle(120);
    expect(stateOf(1)).toBe('failed');
    expect(socket.sent.at(-1)).toBe(id(2));
  });

  it('retries a failed one under the same id, and discards it for good', async () => {
    socket.script = [refuse('READ_ONLY'), refuse('READ_ONLY')];
    submit(1);
    await settle();
    store.dispatch(ChatPageActions.retryRequested({ clientMessageId: id(1) }));
    await settle();
    expect(socket.sent).toEqual([id(1), id(1)]);
    store.dispatch(ChatPageActions.discardRequested({ clientMessageId: id(1) }));
    expect(store.messages.outbox).toEqual({});
  });

  it('does not hold one chat up for another', async () => {
    socket.script = ['never'];
    submit(1);
    const other = 'a'.repeat(24);
    store.dispatch(ChatPageActions.messageSubmitted({ chatId: other, clientMessageId: id(9), text: 'x', at }));
    await settle();
    expect(socket.sent).toEqual([id(1), id(9)]);
  });

  it('lets a broadcast settle a message whose answer was lost, and the late answer changes nothing', async () => {
    socket.script = ['never'];
    submit(1);
    await settle();
    store.dispatch(
      ChatSocketActions.messageCreated({ message: messageOf(1, { clientMessageId: id(1), senderId: me }) }),
    );
    expect(stateOf(1)).toBeUndefined();
    store.dispatch(OutboxActions.postponed({ clientMessageId: id(1), code: 'TIMEOUT', retryAt: null }));
    expect(store.messages.outbox).toEqual({});
  });

  it('is not settled by somebody else who reuses the id', async () => {
    socket.online = false;
    submit(1);
    store.dispatch(
      ChatSocketActions.messageCreated({ message: messageOf(1, { clientMessageId: id(1), senderId: sampleTutor.id }) }),
    );
    expect(stateOf(1)).toBe('queued');
  });

  describe('on the device', () => {
    let repository: MemoryOutbox;

    beforeEach(() => {
      store.stop();
      repository = new MemoryOutbox();
      boot();
    });

    /** A page that starts: nothing in memory, the same device. */
    function boot(): void {
      setUp();
      const states = new BehaviorSubject(store.messages);
      const asStore = { select: () => states } as unknown as Store;
      store.run(
        restore(store.actions$, repository, store.snapshot),
        persist(asStore, repository),
        forget(store.actions$, repository),
      );
      store.actions$.subscribe(() => states.next(store.messages));
    }

    it('survives a reload under the same id, in the same order', async () => {
      socket.online = false;
      for (const n of [1, 2]) submit(n);
      await settle();
      store.stop();
      boot();
      store.start();
      await settle(60);
      expect(socket.sent).toEqual([id(1), id(2)]);
      expect(await repository.load(me)).toEqual([]);
    });

    it('sends what another tab left behind with the next connection', async () => {
      socket.online = false;
      store.start();
      await settle();
      await repository.put({
        ...{ clientMessageId: id(7), chatId, senderId: me, text: 'left behind', createdAt: at },
        ...{ state: 'queued', attempts: 0, failure: null, order: 1, seq: null },
      });
      socket.online = true;
      online();
      await settle(60);
      expect(socket.sent).toEqual([id(7)]);
      expect(await repository.load(me)).toEqual([]);
    });

    it('sends what waited before what is written until it is read', async () => {
      socket.online = false;
      for (const n of [1, 2]) submit(n);
      await settle();
      store.stop();
      boot();
      socket.online = false;
      store.start();
      submit(3);
      await settle();
      socket.online = true;
      online();
      await settle(60);
      expect(socket.sent).toEqual([id(1), id(2), id(3)]);
    });

    it('keeps failed ones failed over a reload', async () => {
      socket.script = [refuse('READ_ONLY')];
      submit(1);
      await settle();
      store.stop();
      boot();
      store.start();
      await settle(40);
      expect(stateOf(1)).toBe('failed');
      expect(socket.sent).toEqual([]);
    });

    it('waits on the device while a login has run out, apart from other people', async () => {
      socket.online = false;
      store.start();
      submit(1);
      await settle();
      store.dispatch(ChatSessionActions.lapsed());
      await settle();
      expect(store.messages.outbox).toEqual({});
      store.start(sampleTutor);
      await settle();
      expect(store.messages.outbox).toEqual({});
      store.dispatch(ChatSessionActions.lapsed());
      store.start();
      await settle();
      expect(stateOf(1)).toBe('queued');
    });

    it('is forgotten at logout', async () => {
      store.start();
      socket.online = false;
      submit(1);
      await settle();
      expect(await repository.load(me)).toHaveLength(1);
      store.dispatch(ChatSessionActions.ended());
      await settle();
      expect(await repository.load(me)).toEqual([]);
    });

    it('holds the page while a message waits that the device did not keep, and lets it go otherwise', async () => {
      const window = new EventTarget() as Window & typeof globalThis;
      store.run(holdPage(store.snapshot, repository, window));
      const leave = () => {
        const leaving = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(leaving);
        return leaving.defaultPrevented ? 'asked' : 'gone';
      };
      expect(leave()).toBe('gone');
      socket.online = false;
      submit(1);
      await settle();
      expect(leave()).toBe('asked');
      repository.keeps = () => true;
      expect(leave()).toBe('gone');
      repository.keeps = () => false;
      socket.online = true;
      online();
      await settle(40);
      expect(leave()).toBe('gone');
    });

    it('tells a logout what waits, and gives it up when told to', async () => {
      store.start();
      socket.online = false;
      expect(selectHasUnsent.projector(store.messages.outbox)).toBe(false);
      submit(1);
      await settle();
      expect(selectHasUnsent.projector(store.messages.outbox)).toBe(true);
      store.dispatch(OutboxActions.cleared());
      await settle();
      expect(await repository.load(me)).toEqual([]);
    });
  });
});
