import { computed, inject, type Signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import type { User } from '@course-chat/contracts';
import { ConnectionPageActions } from '@course-chat/web/realtime';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { distinctUntilChanged, filter, map, mergeMap, pairwise, startWith } from 'rxjs';
import { ChatSessionActions } from './chat.actions';
import { CHATS_WANTED, CURRENT_USER } from './current-user';
import { DraftStorage } from './drafts/draft-storage';

/** The chats follow whoever is signed in. A login that ran out only lapses; `ended` is dispatched by a logout. */
export const followUser = createEffect(
  (user$ = toObservable(chattingUser()), drafts = inject(DraftStorage)) =>
    user$.pipe(
      distinctUntilChanged((a, b) => a?.id === b?.id),
      startWith(null),
      pairwise(),
      filter(([before, after]) => before !== after),
      map(([, user]) =>
        user ? ChatSessionActions.started({ user, drafts: drafts.load(user.id) }) : ChatSessionActions.lapsed(),
      ),
    ),
  { functional: true },
);

export const connectForSession = createEffect(
  (actions$ = inject(Actions)) =>
    actions$.pipe(
      ofType(ChatSessionActions.started),
      // Released first: a connection that stands may be somebody else's, who was here before.
      mergeMap(() => [ConnectionPageActions.connectionReleased(), ConnectionPageActions.connectionWanted()]),
    ),
  { functional: true },
);

export const disconnectAfterSession = createEffect(
  (actions$ = inject(Actions)) =>
    actions$.pipe(
      ofType(ChatSessionActions.lapsed, ChatSessionActions.ended),
      map(() => ConnectionPageActions.connectionReleased()),
    ),
  { functional: true },
);

/** Who is signed in, once the chats may begin. */
function chattingUser(): Signal<User | null> {
  const [user, wanted] = [inject(CURRENT_USER), inject(CHATS_WANTED)];
  return computed(() => (wanted() ? user() : null));
}
