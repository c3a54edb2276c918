import { WebSocketGateway, type OnGatewayDisconnect } from '@nestjs/websockets';
import type { Principal } from '@course-chat/api/kernel';
import { RealtimeHub, SocketCommand, type RealtimeSocket } from '@course-chat/api/realtime';
import type { Chat, CommandPayload, Message, ReadState, SyncResult } from '@course-chat/contracts';
import { ChatService } from './chat.service';
import { MessageService } from './message.service';
import { ReceiptService } from './receipt.service';
import { SyncService } from './sync.service';
import { TypingService } from './typing.service';

/** Every socket command of the chat, each handed on. Who asks was proven in the handshake. */
@WebSocketGateway()
export class ChatGateway implements OnGatewayDisconnect {
  constructor(
    private readonly chats: ChatService,
    private readonly messages: MessageService,
    private readonly receipts: ReceiptService,
    private readonly syncs: SyncService,
    private readonly typing: TypingService,
    private readonly hub: RealtimeHub,
  ) {}

  @SocketCommand('join_chat')
  joinChat(principal: Principal, { chatId }: CommandPayload<'join_chat'>, socket: RealtimeSocket): Promise<Chat> {
    return this.chats.join(principal, chatId, socket);
  }

  @SocketCommand('leave_chat')
  async leaveChat(
    principal: Principal,
    { chatId }: CommandPayload<'leave_chat'>,
    socket: RealtimeSocket,
  ): Promise<null> {
    await this.typing.stop(principal, chatId, socket);
    await this.hub.leaveChat(socket, chatId);
    return null;
  }

  @SocketCommand('send_message')
  async sendMessage(principal: Principal, command: CommandPayload<'send_message'>): Promise<Message> {
    return (await this.messages.send(principal, command)).message;
  }

  @SocketCommand('edit_message')
  editMessage(principal: Principal, command: CommandPayload<'edit_message'>): Promise<Message> {
    return this.messages.edit(principal, command);
  }

  @SocketCommand('delete_message')
  deleteMessage(principal: Principal, command: CommandPayload<'delete_message'>): Promise<Message> {
    return this.messages.remove(principal, command);
  }

  @SocketCommand('mark_delivered')
  markDelivered(principal: Principal, command: CommandPayload<'mark_delivered'>): Promise<ReadState> {
    return this.receipts.markDelivered(principal, command);
  }

  @SocketCommand('mark_read')
  markRead(principal: Principal, command: CommandPayload<'mark_read'>): Promise<ReadState> {
    return this.receipts.markRead(principal, command);
  }

  @SocketCommand('typing_start')
  async typingStart(
    principal: Principal,
    { chatId }: CommandPayload<'typing_start'>,
    socket: RealtimeSocket,
  ): Promise<null> {
    await this.typing.start(principal, chatId, socket);
    return null;
  }

  @SocketCommand('typing_stop')
  async typingStop(
    principal: Principal,
    { chatId }: CommandPayload<'typing_stop'>,
    socket: RealtimeSocket,
  ): Promise<null> {
    await this.typing.stop(principal, chatId, socket);
    return null;
  }

  @SocketCommand('sync')
  sync(principal: Principal, command: CommandPayload<'sync'>): Promise<SyncResult> {
    return this.syncs.sync(principal, command);
  }

  handleDisconnect(socket: RealtimeSocket): void {
    this.typing.socketLeft(socket);
  }
}
