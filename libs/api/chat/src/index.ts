export { ChatModule } from './chat.module';
export { ChatService } from './chat.service';
export { ChatStoreModule } from './chat-store.module';
export { DigestService } from './digest.service';
export { MessageFeed, type StoredMessage } from './message-feed';
export { MessageService } from './message.service';
export { ReceiptService } from './receipt.service';
export { searchTerms } from './search-terms';
export { TypingService } from './typing.service';
