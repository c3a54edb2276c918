import { inject } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { ConnectionPageActions } from '@course-chat/web/realtime';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { concat, distinctUntilChanged, EMPTY, filter, map, of, pairwise, startWith, switchMap, take } from 'rxjs';
import { ChatSessionActions } from './chat.actions';
import { CONNECTION_WANTED, CURRENT_USER } from './current-user';
import { DraftStorage } from './drafts/draft-storage';

/** The chats follow whoever is signed in. A login that ran out only lapses; `ended` is dispatched by a logout. */
export const followUser = createEffect(
  (user$ = toObservable(inject(CURRENT_USER)), drafts = inject(DraftStorage)) =>
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

/** A session is connected once that is wanted, and no longer than it lasts. */
export const connectForSession = createEffect(
  (actions$ = inject(Actions), wanted$ = inject(CONNECTION_WANTED)) =>
    actions$.pipe(
      ofType(ChatSessionActions.started, ChatSessionActions.lapsed, ChatSessionActions.ended),
      switchMap(({ type }) =>
        concat(
          // Also at the start: a connection that stands may be somebody else's, who was here before.
          of(ConnectionPageActions.connectionReleased()),
          (type === ChatSessionActions.started.type ? wanted$.pipe(take(1)) : EMPTY).pipe(
            map(() => ConnectionPageActions.connectionWanted()),
          ),
        ),
      ),
    ),
  { functional: true },
);
