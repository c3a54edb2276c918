import { Injectable } from '@nestjs/common';
import { PersonalData, type PersonalDataHolder } from '@course-chat/api/auth';
import type { OwnPresence } from '@course-chat/contracts';
import { PresenceRepository } from './presence.repository';

/** When somebody was last seen: shown to those who share a chat, and to nobody once the account is gone. */
@Injectable()
export class PresencePersonalData implements PersonalDataHolder {
  readonly sections = { presence: (userId: string) => this.lastSeenOf(userId) };

  constructor(
    private readonly presence: PresenceRepository,
    data: PersonalData,
  ) {
    data.register(this);
  }

  private async *lastSeenOf(userId: string): AsyncIterable<OwnPresence> {
    const at = (await this.presence.lastSeen([userId])).get(userId);
    if (at) yield { lastSeenAt: at.toISOString() };
  }

  erase(userId: string): Promise<void> {
    return this.presence.forget(userId);
  }
}
