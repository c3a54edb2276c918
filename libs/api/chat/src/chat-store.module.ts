import { Injectable, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { PresenceAudience } from '@course-chat/api/presence';
import { ChatRecord, chatRecordSchema } from './chat.schema';
import { ChatRepository } from './chat.repository';
import { MessageRecord, messageRecordSchema } from './message.schema';
import { MessageRepository } from './message.repository';

/** Presence is told to those who share a chat. */
@Injectable()
class ChatAudience extends PresenceAudience {
  constructor(private readonly chats: ChatRepository) {
    super();
  }

  override peersOf(userId: string): Promise<string[]> {
    return this.chats.peersOf(userId);
  }
}

/** What is stored of chats. PresenceModule needs it, ChatModule needs both. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: ChatRecord.name, schema: chatRecordSchema },
      { name: MessageRecord.name, schema: messageRecordSchema },
    ]),
  ],
  providers: [ChatRepository, MessageRepository, { provide: PresenceAudience, useClass: ChatAudience }],
  exports: [ChatRepository, MessageRepository, PresenceAudience],
})
export class ChatStoreModule {}
