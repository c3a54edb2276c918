import { Body, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CurrentPrincipal, RateLimited, type Principal } from '@course-chat/api/kernel';
import {
  routes,
  type Chat,
  type ChatPage,
  type ChatQuery,
  type Message,
  type MessagePage,
  type MessageQuery,
  type NewMessage,
  type ReadBody,
  type ReadResult,
} from '@course-chat/contracts';
import type { Response } from 'express';
import { ChatService } from './chat.service';
import { MessageService } from './message.service';
import { ReceiptService } from './receipt.service';

const { listChats, getChat, listMessages, sendMessage, markRead } = routes.users;
interface OfChat {
  chatId: string;
}

/** The REST routes that students and tutors share; each side is a controller of its own below /users or /tutors. */
export abstract class ChatController {
  constructor(
    protected readonly chats: ChatService,
    private readonly messages: MessageService,
    private readonly receipts: ReceiptService,
  ) {}

  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: listChats.query }) query: ChatQuery,
  ): Promise<ChatPage> {
    return this.chats.list(principal, query);
  }

  @Get(':chatId')
  get(@CurrentPrincipal() principal: Principal, @Param({ schema: getChat.params }) { chatId }: OfChat): Promise<Chat> {
    return this.chats.get(principal, chatId);
  }

  @RateLimited('history')
  @Get(':chatId/messages')
  page(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: listMessages.params }) { chatId }: OfChat,
    @Query({ schema: listMessages.query }) query: MessageQuery,
  ): Promise<MessagePage> {
    return this.messages.page(principal, chatId, query);
  }

  @RateLimited('message')
  @Post(':chatId/messages')
  async send(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: sendMessage.params }) { chatId }: OfChat,
    @Body({ schema: sendMessage.body }) body: NewMessage,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Message> {
    const { message, created } = await this.messages.send(principal, { chatId, ...body });
    response.status(created ? 201 : 200);
    return message;
  }

  @HttpCode(200)
  @Post(':chatId/read')
  async read(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: markRead.params }) { chatId }: OfChat,
    @Body({ schema: markRead.body }) { seq }: ReadBody,
  ): Promise<ReadResult> {
    const { readSeq, unreadCount } = await this.receipts.markRead(principal, { chatId, seq });
    return { chatId, readSeq, unreadCount };
  }

  /** 201 when the chat was made, 200 when it was there. */
  protected opened({ chat, created }: { chat: Chat; created: boolean }, response: Response): Chat {
    response.status(created ? 201 : 200);
    return chat;
  }
}
