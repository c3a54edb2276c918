/** Who may know whether a user is there: the people who share a chat. ChatModule provides it. */
export abstract class PresenceAudience {
  abstract peersOf(userId: string): Promise<string[]>;
}
