import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { OnlyRole } from '@course-chat/api/auth';
import { CurrentPrincipal, type Principal } from '@course-chat/api/kernel';
import { routes, type AvailableTutors, type Chat, type ChatWithTutor } from '@course-chat/contracts';
import type { Response } from 'express';
import { ChatController } from './chat.controller';
import { ChatService } from './chat.service';
import { MessageService } from './message.service';
import { ReceiptService } from './receipt.service';

@OnlyRole('student')
@Controller('users/chats')
export class StudentChatController extends ChatController {
  constructor(chats: ChatService, messages: MessageService, receipts: ReceiptService) {
    super(chats, messages, receipts);
  }

  @Get('tutors')
  tutors(@CurrentPrincipal() principal: Principal): Promise<AvailableTutors> {
    return this.chats.availableTutors(principal);
  }

  @Post()
  async open(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: routes.users.createChat.body }) body: ChatWithTutor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Chat> {
    return this.opened(await this.chats.open(principal, { ...body, studentId: principal.userId }), response);
  }
}
