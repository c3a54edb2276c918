import { TYPING_EXPIRES_MS, TYPING_REPEAT_MS } from '@course-chat/contracts';
import { sampleChat, sampleMessage, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { ConnectionSocketActions } from '@course-chat/web/realtime';
import type { Action } from '@ngrx/store';
import { ignoreElements, Subject } from 'rxjs';
import type { ChatSocket } from '../chat-socket';
import { ChatPageActions, ChatSessionActions, ChatSocketActions } from '../chat.actions';
import { receive } from '../messages/messages.effects';
import { FakeStore } from '../testing/fake-store';
import { expireTyping, tellTyping } from './typing.effects';
import { selectIsTyping, typingFeature } from './typing.feature';

const chatId = sampleChat.id;
const userId = sampleTutor.id;
const started = ChatSocketActions.typingStarted({ chatId, userId, expiresInMs: TYPING_EXPIRES_MS });
const fold = (...actions: Action[]) =>
  selectIsTyping(chatId).projector(actions.reduce(typingFeature.reducer, { byChat: {} }).byChat);

describe('the other one typing', () => {
  it('shows after a start', () => expect(fold(started)).toBe(true));

  it.each([
    ['a stop', ChatSocketActions.typingStopped({ chatId, userId })],
    ['an expiry', ChatSocketActions.typingExpired({ chatId, userId })],
    ['their message', ChatSocketActions.messageCreated({ message: { ...sampleMessage, senderId: userId } })],
    ['a lost connection', ConnectionSocketActions.offline({ at: 1 })],
    ['leaving the chat', ChatPageActions.chatClosed({ chatId })],
    ['the end of the session', ChatSessionActions.ended()],
  ])('ends with %s', (_, action) => expect(fold(started, action)).toBe(false));

  it('goes on over a message of one’s own', () => {
    expect(
      fold(started, ChatSocketActions.messageCreated({ message: { ...sampleMessage, senderId: sampleStudent.id } })),
    ).toBe(true);
  });

  it('expires by itself, and a repeated start puts it off', () => {
    jest.useFakeTimers();
    const store = new FakeStore();
    store.run(expireTyping(store.actions$));
    const expired = () => store.dispatched.filter(({ type }) => type === ChatSocketActions.typingExpired.type).length;
    store.dispatch(started);
    jest.advanceTimersByTime(TYPING_EXPIRES_MS - 1);
    store.dispatch(started);
    jest.advanceTimersByTime(TYPING_EXPIRES_MS - 1);
    expect(expired()).toBe(0);
    jest.advanceTimersByTime(1);
    expect(expired()).toBe(1);
    store.stop();
    jest.useRealTimers();
  });

  it('is not shown for one’s own typing on another device', () => {
    const store = new FakeStore();
    const events = new Subject<Action>();
    store.run(receive({ actions$: events } as unknown as ChatSocket, store.snapshot));
    store.start();
    events.next(ChatSocketActions.typingStarted({ chatId, userId: sampleStudent.id, expiresInMs: 1 }));
    events.next(started);
    expect(store.dispatched.filter(({ type }) => type === started.type)).toEqual([started]);
    store.stop();
  });
});

describe('own typing', () => {
  let store: FakeStore;
  let now: number;
  let told: string[];
  let online: boolean;

  beforeEach(() => {
    store = new FakeStore();
    now = 0;
    told = [];
    online = true;
    const tell = (what: string) => async () => void told.push(what);
    const socket = {
      get online() {
        return online;
      },
      startTyping: tell('start'),
      stopTyping: tell('stop'),
    } as unknown as ChatSocket;
    // This effect dispatches nothing; what it passes on are the actions themselves.
    store.run(tellTyping(store.actions$, socket, () => now).pipe(ignoreElements()));
  });
  afterEach(() => store.stop());

  const type = () => store.dispatch(ChatPageActions.typed({ chatId }));

  it('tells one start per three seconds, however fast one types', () => {
    for (; now < TYPING_REPEAT_MS * 3; now += 100) type();
    expect(told).toEqual(['start', 'start', 'start']);
  });

  it.each([
    ['leaving the input', ChatPageActions.typingStopped({ chatId })],
    ['sending', ChatPageActions.messageSubmitted({ chatId, clientMessageId: 'x', text: 'x', at: '' })],
    ['closing the chat', ChatPageActions.chatClosed({ chatId })],
  ])('tells a stop on %s, once', (_, action) => {
    type();
    store.dispatch(action);
    store.dispatch(action);
    expect(told).toEqual(['start', 'stop']);
  });

  it('tells no stop that nobody waits for', () => {
    type();
    now = TYPING_EXPIRES_MS;
    store.dispatch(ChatPageActions.typingStopped({ chatId }));
    expect(told).toEqual(['start']);
  });

  it('tells nothing while offline', () => {
    online = false;
    type();
    expect(told).toEqual([]);
  });
});
