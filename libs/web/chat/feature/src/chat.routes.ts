import type { Route, Routes, UrlMatchResult, UrlSegment } from '@angular/router';
import { expectChat } from './expect-chat';

/** `''` and `':chatId'` in one route: the page stays as it is while one moves between chats, and the list with it. */
function listOrChat(segments: UrlSegment[]): UrlMatchResult | null {
  const [chatId, ...rest] = segments;
  if (rest.length > 0) return null;
  return { consumed: segments, posParams: chatId ? { chatId } : {} };
}

function chatRoute(loadComponent: NonNullable<Route['loadComponent']>): Routes {
  return [{ matcher: listOrChat, canActivate: [expectChat], loadComponent }];
}

/** Below `/chats`: the list, and one chat with `?seq=` for a message in it. The page is loaded when somebody opens it. */
export const studentChatRoutes: Routes = chatRoute(async () => (await import('./chat-pages')).StudentChatPage);

/** Below `/tutor/chats`, the same for tutors; `?filter=unanswered&sort=waiting&courseId=` says how the list begins. */
export const tutorChatRoutes: Routes = chatRoute(async () => (await import('./chat-pages')).TutorChatPage);
