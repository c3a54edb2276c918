import type { Route, Routes, UrlMatchResult, UrlSegment } from '@angular/router';
import { StudentChatPage } from './student-chat-page';
import { TutorChatPage } from './tutor-chat-page';

/** `''` and `':chatId'` in one route: the page stays as it is while one moves between chats, and the list with it. */
function listOrChat(segments: UrlSegment[]): UrlMatchResult | null {
  const [chatId, ...rest] = segments;
  if (rest.length > 0) return null;
  return { consumed: segments, posParams: chatId ? { chatId } : {} };
}

function chatRoute(component: NonNullable<Route['component']>): Routes {
  return [{ matcher: listOrChat, component }];
}

/** Below `/chats`: the list, and one chat with `?seq=` for a message in it. */
export const studentChatRoutes: Routes = chatRoute(StudentChatPage);

/** Below `/tutor/chats`, the same for tutors. */
export const tutorChatRoutes: Routes = chatRoute(TutorChatPage);
