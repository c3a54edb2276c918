import type { Message, User } from '@course-chat/contracts';
import { sampleChat, sampleMessage, sampleStudent } from '@course-chat/contracts/testing';
import type { Action } from '@ngrx/store';
import type { Actions } from '@ngrx/effects';
import { Subject, type Observable, type Subscription } from 'rxjs';
import type { ChatSnapshot } from '../chat-snapshot';
import { ChatSessionActions } from '../chat.actions';
import { chatsFeature, type ChatsState } from '../chats/chats.feature';
import { messagesFeature, type MessagesState } from '../messages/messages.feature';

const INIT = { type: 'init' };

/** The two slices with nothing around them: effects of a spec run against it as they do against the real store. */
export class FakeStore {
  readonly dispatched: Action[] = [];
  private readonly stream = new Subject<Action>();
  private readonly queue: Action[] = [];
  private readonly running: Subscription[] = [];
  private busy = false;
  chats: ChatsState = chatsFeature.reducer(undefined, INIT);
  messages: MessagesState = messagesFeature.reducer(undefined, INIT);

  // Effects ask for no more than the stream.
  readonly actions$ = this.stream as unknown as Actions;
  readonly snapshot = { chats: () => this.chats, messages: () => this.messages } as ChatSnapshot;

  /** First the reducers, then the effects, one action after the other. */
  dispatch(action: Action): void {
    this.queue.push(action);
    if (this.busy) return;
    this.busy = true;
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      this.chats = chatsFeature.reducer(this.chats, next);
      this.messages = messagesFeature.reducer(this.messages, next);
      this.dispatched.push(next);
      this.stream.next(next);
    }
    this.busy = false;
  }

  run(...effects: Observable<unknown>[]): void {
    for (const effect of effects) {
      this.running.push(
        effect.subscribe((result) => {
          if (isAction(result)) this.dispatch(result);
        }),
      );
    }
  }

  start(user: User = sampleStudent, drafts: Record<string, string> = {}): void {
    this.dispatch(ChatSessionActions.started({ user, drafts }));
  }

  stop(): void {
    for (const subscription of this.running) subscription.unsubscribe();
  }

  typesSince(index: number): string[] {
    return this.dispatched.slice(index).map(({ type }) => type);
  }
}

function isAction(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** A message of the sample chat with this seq; ids follow the seq. */
export function messageOf(seq: number, changes: Partial<Message> = {}): Message {
  const hex = seq.toString(16);
  return {
    ...sampleMessage,
    id: hex.padStart(24, '0'),
    chatId: sampleChat.id,
    seq,
    clientMessageId: `00000000-0000-4000-8000-${hex.padStart(12, '0')}`,
    text: `message ${seq}`,
    ...changes,
  };
}

export function range(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, index) => messageOf(from + index));
}

/** Lets promises and what hangs on them settle. */
export async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}
