import { inject } from '@angular/core';
import { NavigationCancel, NavigationEnd, NavigationError, Router, type CanActivateFn } from '@angular/router';
import { ChatPageActions, chatsFeature } from '@course-chat/web/chat/state';
import { Store } from '@ngrx/store';
import { filter, take, takeUntil } from 'rxjs';
import { toSeq } from './to-seq';

/** Asks for the chat of an address while the files of its page are still on their way. Keeps nobody out. */
export const expectChat: CanActivateFn = ({ paramMap, queryParamMap }) => {
  const [router, store] = [inject(Router), inject(Store)];
  const [chatId, seq] = [paramMap.get('chatId'), toSeq(queryParamMap.get('seq'))];
  if (chatId === null) return true;
  const arrived$ = router.events.pipe(
    filter((event) => [NavigationEnd, NavigationCancel, NavigationError].some((end) => event instanceof end)),
  );
  // A session that starts empties the slices. Once the page is there, it asks by itself.
  store
    .select(chatsFeature.selectUserId)
    .pipe(
      filter((userId) => userId !== null),
      take(1),
      takeUntil(arrived$),
    )
    .subscribe(() => store.dispatch(ChatPageActions.chatExpected({ chatId, seq })));
  return true;
};
