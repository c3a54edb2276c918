import { inject, InjectionToken, type Signal } from '@angular/core';
import type { User } from '@course-chat/contracts';

/** Who is signed in, null while nobody is. Provided by the application from its session. */
export const CURRENT_USER = new InjectionToken<Signal<User | null>>('CURRENT_USER');

/** The half of the API that serves the signed-in person: `users` for students, `tutors` for tutors. */
export type ChatSide = 'users' | 'tutors';

export const CHAT_SIDE = new InjectionToken<() => ChatSide>('CHAT_SIDE', {
  providedIn: 'root',
  factory: () => {
    const user = inject(CURRENT_USER);
    return () => (user()?.role === 'tutor' ? 'tutors' : 'users');
  },
});
