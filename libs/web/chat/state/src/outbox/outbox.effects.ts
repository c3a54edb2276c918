import { DOCUMENT, inject } from '@angular/core';
import type { CommandPayload } from '@course-chat/contracts';
import { backoffDelay, ConnectionSocketActions, isPassing, type CommandError } from '@course-chat/web/realtime';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { Store, type Action } from '@ngrx/store';
import {
  concatMap,
  EMPTY,
  exhaustMap,
  filter,
  from,
  fromEvent,
  groupBy,
  map,
  mergeMap,
  Observable,
  pairwise,
  startWith,
  switchMap,
  take,
  takeUntil,
  tap,
} from 'rxjs';
import { toCommandError } from '../chat-api';
import { ChatSocket } from '../chat-socket';
import { ChatPageActions, ChatSessionActions, ChatSyncActions, OutboxActions } from '../chat.actions';
import { ChatSnapshot } from '../chat-snapshot';
import { messagesFeature, type MessagesState } from '../messages/messages.feature';
import { pauseBeforeRetry, realWait, type Wait } from '../pause';
import { nextToSend, unsent, type OutboxEntry } from './outbox';
import { OUTBOX_REPOSITORY } from './outbox.repository';

/** A message that fails the server itself this often must not hold up those behind it for ever. */
const MOST_INTERNAL_ERRORS = 8;

function isFinal(error: CommandError, entry: OutboxEntry): boolean {
  return !isPassing(error) || (error.code === 'INTERNAL' && entry.attempts >= MOST_INTERNAL_ERRORS);
}

/** What is sent of an entry: all but what it is here for. That may be a part which a tab of a later version left there. */
function commandOf(entry: OutboxEntry): CommandPayload<'send_message'> {
  const { senderId: _1, createdAt: _2, state: _3, attempts: _4, failure: _5, order: _6, seq: _7, ...command } = entry;
  return command;
}

/** Sends what waits: one line a chat, in order, each message under the same id on every try. */
export const drain = createEffect(
  (
    actions$ = inject(Actions),
    socket = inject(ChatSocket),
    snapshot = inject(ChatSnapshot),
    wait = realWait,
    random: () => number = Math.random,
  ) =>
    actions$.pipe(
      ofType(
        ChatPageActions.messageSubmitted,
        ChatPageActions.retryRequested,
        OutboxActions.restored,
        ConnectionSocketActions.online,
      ),
      mergeMap(() => waitingChats(snapshot)),
      groupBy((chatId) => chatId),
      mergeMap((ofOneChat) =>
        ofOneChat.pipe(
          exhaustMap((chatId) =>
            line(chatId, actions$, socket, snapshot, wait, random).pipe(
              takeUntil(actions$.pipe(ofType(ChatSessionActions.lapsed, ChatSessionActions.ended))),
            ),
          ),
        ),
      ),
    ),
  { functional: true },
);

function waitingChats(snapshot: ChatSnapshot): Set<string> {
  return new Set(Object.values(snapshot.messages().outbox).map(({ chatId }) => chatId));
}

function line(
  chatId: string,
  actions$: Actions,
  socket: ChatSocket,
  snapshot: ChatSnapshot,
  wait: Wait,
  random: () => number,
): Observable<Action> {
  return new Observable<Action>((subscriber) => {
    async function run(): Promise<void> {
      while (!subscriber.closed && socket.online) {
        const entry = nextToSend(snapshot.messages().outbox, chatId);
        if (!entry) break;
        const { clientMessageId } = entry;
        if (entry.state === 'queued') subscriber.next(OutboxActions.sendStarted({ clientMessageId }));
        try {
          const message = await socket.send(commandOf(entry));
          subscriber.next(OutboxActions.stored({ message }));
          // An answer about some other message settles nothing: that is trouble, not a reason to hurry.
          const unsettled = snapshot.messages().outbox[clientMessageId];
          if (unsettled?.seq === null) await wait(backoffDelay(unsettled.attempts - 1, random));
        } catch (caught) {
          const error = toCommandError(caught);
          const tried = snapshot.messages().outbox[clientMessageId] ?? entry;
          if (isFinal(error, tried)) {
            subscriber.next(OutboxActions.refused({ clientMessageId, code: error.code }));
            continue;
          }
          const retryAt = error.retryAfterMs === undefined ? null : Date.now() + error.retryAfterMs;
          subscriber.next(OutboxActions.postponed({ clientMessageId, code: error.code, retryAt }));
          await pauseBeforeRetry(actions$, wait, random, tried.attempts - 1, error);
        }
      }
      subscriber.complete();
    }
    void run();
  });
}

/** What waited on this device when the page went away, or when another tab did. */
export const restore = createEffect(
  (actions$ = inject(Actions), repository = inject(OUTBOX_REPOSITORY), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(ChatSessionActions.started, ConnectionSocketActions.online, ChatSyncActions.tabWoke),
      switchMap(() => {
        const { userId, outbox } = snapshot.messages();
        if (userId === null) return EMPTY;
        // What is in memory may be stored while the device is read: it must not come back.
        return from(repository.load(userId)).pipe(
          map((entries) => entries.filter(({ clientMessageId }) => !outbox[clientMessageId])),
        );
      }),
      map((entries) => OutboxActions.restored({ entries })),
    ),
  { functional: true },
);

/** Keeps the device's copy like the slice. A change of person is no change of the outbox: each one's waits for them. */
export const persist = createEffect(
  (store = inject(Store), repository = inject(OUTBOX_REPOSITORY)) =>
    store.select(messagesFeature.selectMessagesState).pipe(
      startWith<MessagesState | null>(null),
      pairwise(),
      filter(([before, after]) => before !== null && before.userId === after?.userId && before.outbox !== after.outbox),
      concatMap(([before, after]) => {
        const was = before?.outbox ?? {};
        const is = after?.outbox ?? {};
        const gone = Object.keys(was).filter((id) => !is[id] || is[id].seq !== null);
        const changed = Object.values(is).filter(
          (entry) => entry.seq === null && isWorthWriting(was[entry.clientMessageId], entry),
        );
        return from(
          Promise.all([...gone.map((id) => repository.remove(id)), ...changed.map((entry) => repository.put(entry))]),
        );
      }),
    ),
  { functional: true, dispatch: false },
);

/** Tries are not written down: whatever was under way is queued again after a reload. */
function isWorthWriting(was: OutboxEntry | undefined, is: OutboxEntry): boolean {
  return !was || was.order !== is.order || (was.state === 'failed') !== (is.state === 'failed');
}

/** Asks before the page goes away with a message that this device could not keep: nobody would ever receive it. */
export const holdPage = createEffect(
  (snapshot = inject(ChatSnapshot), repository = inject(OUTBOX_REPOSITORY), window = inject(DOCUMENT).defaultView) =>
    (window ? fromEvent(window, 'beforeunload') : EMPTY).pipe(
      tap((leaving) => {
        const entries = unsent(snapshot.messages().outbox);
        if (entries.some(({ clientMessageId }) => !repository.keeps(clientMessageId))) leaving.preventDefault();
      }),
    ),
  { functional: true, dispatch: false },
);

/** At logout nothing of a person stays on the device. */
export const forget = createEffect(
  (actions$ = inject(Actions), repository = inject(OUTBOX_REPOSITORY)) =>
    actions$.pipe(
      ofType(ChatSessionActions.started),
      switchMap(({ user }) =>
        actions$.pipe(
          ofType(ChatSessionActions.ended),
          take(1),
          tap(() => void repository.clear(user.id)),
        ),
      ),
    ),
  { functional: true, dispatch: false },
);
