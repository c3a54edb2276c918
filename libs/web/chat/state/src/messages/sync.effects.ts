import { DOCUMENT, inject } from '@angular/core';
import { SYNC_MAX_CHATS, type SyncPosition } from '@course-chat/contracts';
import { ConnectionSocketActions } from '@course-chat/web/realtime';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import type { Action } from '@ngrx/store';
import { filter, fromEvent, map, Observable, type Subscriber } from 'rxjs';
import { toCommandError } from '../chat-api';
import { ChatSocket } from '../chat-socket';
import { ChatApiActions, ChatSessionActions, ChatSocketActions, ChatSyncActions } from '../chat.actions';
import { ChatSnapshot } from '../chat-snapshot';
import { pauseBeforeRetry, realWait } from '../pause';
import { hasHole, positionOf } from './thread';

/** Events that show a hole: what came before them is missing. */
export const findHoles = createEffect(
  (actions$ = inject(Actions), snapshot = inject(ChatSnapshot)) =>
    actions$.pipe(
      ofType(
        ChatSocketActions.messageCreated,
        ChatSocketActions.messageUpdated,
        ChatSocketActions.chatUpdated,
        ChatSocketActions.chatJoined,
        ChatApiActions.historyLoaded,
      ),
      map((action) =>
        'message' in action ? action.message.chatId : 'chat' in action ? action.chat.id : action.chatId,
      ),
      filter((chatId) => {
        const thread = snapshot.messages().threads[chatId];
        return thread !== undefined && hasHole(thread);
      }),
      map((chatId) => ChatSyncActions.holeFound({ chatId })),
    ),
  { functional: true },
);

export const wakeWithTab = createEffect(
  (document = inject(DOCUMENT)) =>
    fromEvent(document, 'visibilitychange').pipe(
      filter(() => document.visibilityState === 'visible'),
      map(() => ChatSyncActions.tabWoke()),
    ),
  { functional: true },
);

/** What is still to be caught up with. */
interface Wanted {
  all: boolean;
  chats: Set<string>;
  /** The list's first page, which brings the unread total. */
  list: boolean;
}

/**
 * Catching up: on connect, when a tab wakes, when the digest disagrees, when a hole is seen. One at a time; what is asked for
 * meanwhile comes after, once.
 */
export const catchUp = createEffect(
  (
    actions$ = inject(Actions),
    socket = inject(ChatSocket),
    snapshot = inject(ChatSnapshot),
    wait = realWait,
    random: () => number = Math.random,
  ) =>
    new Observable<Action>((subscriber) => {
      const wanted: Wanted = { all: false, chats: new Set(), list: false };
      let running = false;
      let session = 0;

      async function run(): Promise<void> {
        running = true;
        const mine = session;
        let attempt = 0;
        while (socket.online && (wanted.all || wanted.chats.size > 0) && !subscriber.closed && mine === session) {
          const all = wanted.all;
          const named = all ? allThreads(snapshot) : [...wanted.chats];
          wanted.all = false;
          wanted.chats.clear();
          try {
            await syncOnce(named, wanted, socket, snapshot, subscriber, () => mine === session);
            attempt = 0;
            if (wanted.list && !wanted.all && mine === session) {
              wanted.list = false;
              subscriber.next(ChatSyncActions.caughtUp());
            }
          } catch (error) {
            wanted.all ||= all;
            for (const chatId of named) wanted.chats.add(chatId);
            await pauseBeforeRetry(actions$, wait, random, attempt++, toCommandError(error));
          }
        }
        if (mine === session) running = false;
      }

      return actions$
        .pipe(
          ofType(
            ConnectionSocketActions.online,
            ChatSyncActions.tabWoke,
            ChatSyncActions.holeFound,
            ChatSocketActions.digestReceived,
            ChatSessionActions.started,
            ChatSessionActions.lapsed,
            ChatSessionActions.ended,
          ),
        )
        .subscribe((action) => {
          if (action.type === ChatSyncActions.holeFound.type) wanted.chats.add(action.chatId);
          else if (action.type === ChatSocketActions.digestReceived.type)
            wanted.all ||= action.cursor !== snapshot.chats().cursor;
          else if (action.type === ChatSessionActions.lapsed.type || action.type === ChatSessionActions.ended.type) {
            session++;
            running = false;
            wanted.all = false;
            wanted.list = false;
            wanted.chats.clear();
          } else {
            wanted.all = true;
            wanted.list ||= action.type === ConnectionSocketActions.online.type;
          }
          if (!running && snapshot.chats().userId !== null) void run();
        });
    }),
  { functional: true },
);

function allThreads(snapshot: ChatSnapshot): string[] {
  const { threads } = snapshot.messages();
  return Object.keys(threads).filter((chatId) => threads[chatId]?.window);
}

/** Asks about every chat named, at most fifty a call, until the server has no more. */
async function syncOnce(
  named: readonly string[],
  wanted: Wanted,
  socket: ChatSocket,
  snapshot: ChatSnapshot,
  subscriber: Subscriber<Action>,
  current: () => boolean,
): Promise<void> {
  let start = 0;
  do {
    const names = named.slice(start, start + SYNC_MAX_CHATS);
    let more = true;
    while (more && current()) {
      const since = snapshot.chats().cursor;
      const result = await socket.sync({ cursor: since, chats: positions(names, snapshot) });
      if (!current()) return;
      // What this device remembers may have come meanwhile, with a cursor of its own: then that is asked about too.
      const moved = snapshot.chats().cursor !== since;
      // A count that nobody told of: whoever should have is gone, and the total is another, too.
      const { entities } = snapshot.chats();
      wanted.list ||= result.chats.some(({ chat }) => entities[chat.id]?.unreadCount !== chat.unreadCount);
      subscriber.next(ChatSyncActions.synced({ result, named: names, since }));
      more = result.more || moved;
    }
    start += SYNC_MAX_CHATS;
  } while (start < named.length && current());
}

function positions(chatIds: readonly string[], snapshot: ChatSnapshot): SyncPosition[] {
  const { threads } = snapshot.messages();
  return chatIds.flatMap((chatId) => {
    const thread = threads[chatId];
    return thread?.window ? [{ chatId, ...positionOf(thread) }] : [];
  });
}
