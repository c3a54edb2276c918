import type { Chat, ChatPage } from '@course-chat/contracts';
import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import type { Action } from '@ngrx/store';
import { of, Subject, tap } from 'rxjs';
import type { ChatApi } from '../chat-api';
import {
  ChatApiActions,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  ChatSyncActions,
} from '../chat.actions';
import { FakeStore, range } from '../testing/fake-store';
import { askAgain, createChat, loadList, loadMorePeople, loadPeople, loadUnknown, searchMore } from './chats.effects';

const apiOf = (api: Partial<Record<keyof ChatApi, unknown>>) => api as unknown as ChatApi;
const { course, student, tutor } = sampleChat;

it.each([
  ['student', 2],
  ['tutor', 2],
  ['admin', 0],
] as const)('the list of a %s is asked for %d times: at the start and after catching up', (role, times) => {
  const store = new FakeStore();
  const listChats = jest.fn(() => new Subject<ChatPage>());
  const user = { ...sampleStudent, role };
  store.run(loadList(store.actions$, apiOf({ listChats }), () => user, Date.now, of(true)));
  store.start(user);
  store.dispatch(ChatSyncActions.caughtUp());
  expect(listChats).toHaveBeenCalledTimes(times);
  store.stop();
});

it('the list is asked for when the chats are wanted, and not any more when the session is over by then', () => {
  const listChats = jest.fn(() => new Subject<ChatPage>());
  const [store, wanted$] = [new FakeStore(), new Subject<void>()];
  store.run(loadList(store.actions$, apiOf({ listChats }), () => sampleStudent, Date.now, wanted$));
  store.start();
  store.dispatch(ChatSessionActions.lapsed());
  wanted$.next();
  expect(listChats).not.toHaveBeenCalled();
  store.start();
  expect(listChats).not.toHaveBeenCalled();
  wanted$.next();
  expect(listChats).toHaveBeenCalledTimes(1);
  store.stop();
});

describe('more of a search', () => {
  let store: FakeStore;
  beforeEach(() => (store = new FakeStore()));
  afterEach(() => store.stop());

  const pageUpTo = (nextCursor: string | null): ChatPage => ({ items: [], nextCursor, unreadTotal: 0 });

  function find(q: string): void {
    store.dispatch(ChatPageActions.searchChanged({ q }));
    store.dispatch(ChatApiActions.searchLoaded({ q, page: pageUpTo(`${q}-2`), first: true, askedAt: 1 }));
  }

  it('is asked for though more of the one before is still on its way, which is dropped', () => {
    const answers: Record<string, Subject<ChatPage>> = { 'an-2': new Subject(), 'ana-2': new Subject() };
    const listChats = jest.fn(({ cursor }: { q: string; cursor: string }) => answers[cursor]);
    store.run(searchMore(store.actions$, apiOf({ listChats }), store.snapshot));
    store.start();
    find('an');
    store.dispatch(ChatPageActions.moreChatsNeeded());
    find('ana');
    store.dispatch(ChatPageActions.moreChatsNeeded());
    expect(listChats).toHaveBeenLastCalledWith({ q: 'ana', cursor: 'ana-2' });
    answers['an-2']?.next(pageUpTo(null));
    expect(store.chats.search).toMatchObject({ q: 'ana', loadingMore: true });
    answers['ana-2']?.next(pageUpTo(null));
    expect(store.chats.search).toMatchObject({ q: 'ana', nextCursor: null, loadingMore: false });
  });
});

it('what failed is asked for again after catching up, and nothing else is', () => {
  const store = new FakeStore();
  const again: Action[] = [];
  store.run(askAgain(store.actions$, store.snapshot).pipe(tap((action) => again.push(action))));
  store.start();
  store.dispatch(ChatSyncActions.caughtUp());
  store.dispatch(ChatPageActions.searchChanged({ q: 'mira' }));
  store.dispatch(ChatSyncActions.caughtUp());
  expect(again).toEqual([]);
  store.dispatch(ChatApiActions.searchFailed({ q: 'mira', code: 'DISCONNECTED' }));
  store.dispatch(ChatApiActions.peopleFailed({ code: 'DISCONNECTED' }));
  store.dispatch(ChatSyncActions.caughtUp());
  expect(again).toEqual([ChatPageActions.searchChanged({ q: 'mira' }), ChatPageActions.peopleNeeded()]);
  store.dispatch(ChatSyncActions.caughtUp());
  expect(again).toHaveLength(2);
  store.stop();
});

describe('a chat that is not loaded', () => {
  let store: FakeStore;
  let answer: Subject<Chat>;
  const getChat = jest.fn(() => answer);
  const hear = (from: number, to: number) =>
    range(from, to).forEach((message) => store.dispatch(ChatSocketActions.messageCreated({ message })));

  beforeEach(() => {
    jest.useFakeTimers();
    getChat.mockClear();
    answer = new Subject();
    store = new FakeStore();
    store.run(loadUnknown(store.actions$, apiOf({ getChat }), store.snapshot));
    store.start();
  });
  afterEach(() => {
    store.stop();
    jest.useRealTimers();
  });

  it('is asked for once by a burst of messages that its answer knows of', () => {
    hear(1, 20);
    expect(getChat).toHaveBeenCalledTimes(1);
    answer.next({ ...sampleChat, lastSeq: 20 });
    jest.advanceTimersByTime(5_000);
    expect(getChat).toHaveBeenCalledTimes(1);
  });

  it('is asked for again when more came meanwhile than the answer knows of', () => {
    hear(1, 20);
    answer.next({ ...sampleChat, lastSeq: 3 });
    jest.advanceTimersByTime(5_000);
    expect(getChat).toHaveBeenCalledTimes(2);
  });
});

describe('what one person asked for', () => {
  let store: FakeStore;
  beforeEach(() => (store = new FakeStore()));
  afterEach(() => store.stop());

  const next = { ...sampleStudent, id: 'f'.repeat(24) };

  /** The one ends what they did, the next one begins. Answers how many actions that took so far. */
  function changePerson(end: Action = ChatSessionActions.ended()): number {
    store.dispatch(end);
    store.start(next);
    return store.dispatched.length;
  }

  it.each([
    ['a student', 'users', 'listTutors', { items: [{ tutor, course, chatId: null }] }],
    ['a tutor', 'tutors', 'listStudents', { items: [{ student, course, chatId: null }], nextCursor: null }],
  ] as const)('is not answered to the next: whom %s may write to', (_, side, call, answer) => {
    const answers = new Subject<unknown>();
    store.run(loadPeople(store.actions$, apiOf({ [call]: () => answers }), () => side));
    store.start();
    store.dispatch(ChatPageActions.peopleNeeded());
    changePerson();
    answers.next(answer);
    expect(store.chats.people).toMatchObject({ status: 'idle', items: [] });
  });

  it('is not answered to the next: more of those a tutor may write to', () => {
    const answers = new Subject<unknown>();
    const listStudents = jest.fn(() => answers);
    store.run(loadMorePeople(store.actions$, apiOf({ listStudents }), store.snapshot));
    const known = () => {
      store.dispatch(ChatApiActions.studentsLoaded({ items: [], nextCursor: 'more', first: true }));
      store.dispatch(ChatPageActions.morePeopleNeeded());
    };
    store.start(sampleTutor);
    known();
    changePerson();
    answers.next({ items: [{ student, course, chatId: null }], nextCursor: null });
    expect(store.chats.people.items).toEqual([]);
    known();
    expect(listStudents).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['has logged out', ChatSessionActions.ended()],
    ['has lost the session', ChatSessionActions.lapsed()],
  ])('opens no chat once the one who asked for it %s', (_, end) => {
    const answers = new Subject<Chat>();
    store.run(createChat(store.actions$, apiOf({ createChat: () => answers })));
    store.start();
    store.dispatch(ChatPageActions.chatRequested({ courseId: course.id, peerId: tutor.id }));
    const before = changePerson(end);
    answers.next(sampleChat);
    expect(store.typesSince(before)).toEqual([]);
    expect(store.chats.ids).toEqual([]);
  });
});
