import type { Session, User } from '@course-chat/contracts';

export const lena: User = { id: '65f1a2b3c4d5e6f708090a01', name: 'Lena Marsh', role: 'student', avatarUrl: null };
export const ana: User = { id: '65f1a2b3c4d5e6f708090a02', name: 'Ana Ruiz', role: 'tutor', avatarUrl: null };

/** A session of the given person; each token is told apart by its text. */
export function sessionOf(user: User, accessToken = 'token-1'): Session {
  return { accessToken, expiresAt: '2026-11-22T18:15:00.000Z', user };
}
