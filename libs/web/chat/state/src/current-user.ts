import { inject, InjectionToken, type Signal } from '@angular/core';
import type { User } from '@course-chat/contracts';
import { of, type Observable } from 'rxjs';

/** Who is signed in, null while nobody is. Provided by the application from its session. */
export const CURRENT_USER = new InjectionToken<Signal<User | null>>('CURRENT_USER');

/**
 * Emits when the chats of whoever is signed in may be asked for: at once, unless the application says otherwise, which may
 * have something to show first. What concerns this device alone does not wait.
 */
export const CHATS_WANTED = new InjectionToken<Observable<unknown>>('CHATS_WANTED', {
  providedIn: 'root',
  factory: () => of(true),
});

/** Emits when whoever is signed in may be connected: at once, unless the application says otherwise. */
export const CONNECTION_WANTED = new InjectionToken<Observable<unknown>>('CONNECTION_WANTED', {
  providedIn: 'root',
  factory: () => of(true),
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
