import { inject, InjectionToken, signal, type Signal } from '@angular/core';
import type { User } from '@course-chat/contracts';

/** Who is signed in, null while nobody is. Provided by the application from its session. */
export const CURRENT_USER = new InjectionToken<Signal<User | null>>('CURRENT_USER');

/**
 * Whether the chats may begin for whoever is signed in: at once, unless the application says otherwise, which may have
 * something to show first.
 */
export const CHATS_WANTED = new InjectionToken<Signal<boolean>>('CHATS_WANTED', {
  providedIn: 'root',
  factory: () => signal(true),
});

/** The half of the API that serves the signed-in person: `users` for students, `tutors` for tutors. */
export type ChatSide = 'users' | 'tutors';

export const CHAT_SIDE = new InjectionToken<() => ChatSide>('CHAT_SIDE', {
  providedIn: 'root',
  factory: () => {
    const user = inject(CURRENT_USER);
    return () => (user()?.role === 'tutor' ? 'tutors' : 'users');
  },
});
