import type { Routes } from '@angular/router';
import { authRoutes } from '@course-chat/web/auth';
import { studentChatRoutes, tutorChatRoutes } from '@course-chat/web/chat/feature';

/** `/chats` for students and `/tutor/chats` for tutors, to stand at the root of the application's routes. */
export const courseChatRoutes: Routes = [
  { path: 'chats', children: studentChatRoutes },
  { path: 'tutor/chats', children: tutorChatRoutes },
];

/** `/login` and `/register`, for applications without a login of their own. */
export const courseChatLoginRoutes: Routes = authRoutes;
