/** The names of rooms, in one place: a room name never comes from a client. */
export const rooms = {
  /** Every device of one user. */
  user: (userId: string) => `user:${userId}`,
  /** Every device that has a chat open. */
  chat: (chatId: string) => `chat:${chatId}`,
  /** Every socket of one login. */
  session: (sessionId: string) => `session:${sessionId}`,
};
