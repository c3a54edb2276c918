import { Module, type DynamicModule } from '@nestjs/common';
import { ChatDirectory } from './chat-directory';
import { CHAT_OPTIONS, type ChatOptions } from './chat-options';
import { ChatStoreModule } from './chat-store.module';
import { ChatGateway } from './chat.gateway';
import { ChatProjector } from './chat.projector';
import { ChatService } from './chat.service';
import { ChatTerms } from './chat-terms';
import { ChatView } from './chat.view';
import { DigestService } from './digest.service';
import { MessageFeed } from './message-feed';
import { MessageLog } from './message-log';
import { MessageLogRecheck } from './message-log-recheck';
import { MessageService } from './message.service';
import { ModerationController } from './moderation/moderation.controller';
import { ModerationService } from './moderation/moderation.service';
import { ChatPersonalData } from './privacy/chat-personal-data';
import { ReceiptService } from './receipt.service';
import { StudentChatController } from './student-chat.controller';
import { SyncService } from './sync.service';
import { TutorChatController } from './tutor-chat.controller';
import { TypingService } from './typing.service';
import { UnreadNotifier } from './unread-notifier';

/** Chats and messages, over REST and sockets. */
@Module({})
export class ChatModule {
  static forRoot(options: ChatOptions): DynamicModule {
    return {
      module: ChatModule,
      imports: [ChatStoreModule],
      controllers: [ModerationController, StudentChatController, TutorChatController],
      providers: [
        ChatDirectory,
        ChatGateway,
        ChatPersonalData,
        ChatProjector,
        ChatService,
        ChatTerms,
        ChatView,
        DigestService,
        MessageFeed,
        MessageLog,
        MessageLogRecheck,
        MessageService,
        ModerationService,
        ReceiptService,
        SyncService,
        TypingService,
        UnreadNotifier,
        { provide: CHAT_OPTIONS, useValue: options },
      ],
      exports: [ChatService, MessageFeed, MessageService, ReceiptService, TypingService],
    };
  }
}
