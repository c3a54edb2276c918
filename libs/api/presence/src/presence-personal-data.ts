import { Injectable } from '@nestjs/common';
import { PersonalData, type PersonalDataHolder } from '@course-chat/api/auth';
import { PresenceRepository } from './presence.repository';

/** When somebody was last seen: shown to those who share a chat, and to nobody once the account is gone. */
@Injectable()
export class PresencePersonalData implements PersonalDataHolder {
  readonly sections = {};

  constructor(
    private readonly presence: PresenceRepository,
    data: PersonalData,
  ) {
    data.register(this);
  }

  erase(userId: string): Promise<void> {
    return this.presence.forget(userId);
  }
}
