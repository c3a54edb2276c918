import type { Chat, MessagePage } from '@course-chat/contracts';
import { sampleChat, sampleTutor } from '@course-chat/contracts/testing';
import { Subject } from 'rxjs';
import type { ChatApi } from '../chat-api';
import { ChatPageActions } from '../chat.actions';
import { FakeStore, range } from '../testing/fake-store';
import { loadFirst } from './messages.effects';

const chatId = sampleChat.id;

/** A page of a chat is asked for before the page that shows it is there. */
describe('a chat that is expected', () => {
  let store: FakeStore;
  let chats: Subject<Chat>[];
  let pages: { seq: number | null; answer: Subject<MessagePage> }[];

  beforeEach(() => {
    store = new FakeStore();
    chats = [];
    pages = [];
    const api = {
      getChat: () => (chats.push(new Subject()), chats.at(-1)),
      listMessages: (_id: string, query: { around?: number }) => {
        pages.push({ seq: query.around ?? null, answer: new Subject() });
        return pages.at(-1)?.answer;
      },
    } as unknown as ChatApi;
    store.run(loadFirst(store.actions$, api, store.snapshot, () => 1));
    store.start();
  });
  afterEach(() => store.stop());

  const expectChat = (seq: number | null = null) => store.dispatch(ChatPageActions.chatExpected({ chatId, seq }));
  const open = (seq: number | null = null) => store.dispatch(ChatPageActions.chatOpened({ chatId, seq }));
  const thread = () => store.messages.threads[chatId];
  function answerChat(): void {
    chats.at(-1)?.next(sampleChat);
    chats.at(-1)?.complete();
  }
  function answerPage(): void {
    pages.at(-1)?.answer.next({ items: range(1, 3), hasOlder: false, hasNewer: false });
    pages.at(-1)?.answer.complete();
  }

  it('is loaded, and not taken for one that is on screen', () => {
    expectChat();
    answerChat();
    answerPage();
    expect(thread()).toMatchObject({ window: { from: 1, to: 3 }, live: true, loading: null });
    expect(store.chats.activeId).toBeNull();
    open();
    expect(store.chats.activeId).toBe(chatId);
    expect([chats.length, pages.length]).toEqual([1, 1]);
  });

  it('is not asked for again when it opens while it is on its way', () => {
    expectChat();
    open();
    answerChat();
    answerPage();
    expect(thread()).toMatchObject({ window: { from: 1, to: 3 }, loading: null });
    expect([chats.length, pages.length]).toEqual([1, 1]);
  });

  it('is asked for again when somebody comes back to it: what is on its way may never come', () => {
    expectChat();
    open();
    store.dispatch(ChatPageActions.chatClosed({ chatId }));
    expectChat();
    expect(chats).toHaveLength(2);
    open();
    expect(chats).toHaveLength(2);
    open();
    expect(chats).toHaveLength(3);
    answerChat();
    answerPage();
    expect(thread()).toMatchObject({ window: { from: 1, to: 3 }, loading: null });
  });

  it('is asked for again when it opens elsewhere, or failed before it opened', () => {
    expectChat();
    answerChat();
    open(2);
    expect(pages.map(({ seq }) => seq)).toEqual([null, 2]);
    pages.at(-1)?.answer.error(new Error('no answer'));
    expect(thread()).toMatchObject({ window: null, loading: null, error: 'INTERNAL' });
    open(2);
    expect(pages.map(({ seq }) => seq)).toEqual([null, 2, 2]);
    answerPage();
    expect(thread()).toMatchObject({ window: { from: 1, to: 3 }, loading: null, error: null });
  });

  it('of another person is asked for as theirs', () => {
    expectChat();
    store.start(sampleTutor);
    open();
    expect(chats).toHaveLength(2);
    answerChat();
    answerPage();
    expect(thread()).toMatchObject({ window: { from: 1, to: 3 } });
  });
});
