import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { OnlyRole } from '@course-chat/api/auth';
import { CurrentPrincipal, type Principal } from '@course-chat/api/kernel';
import { routes, type Chat, type ChatWithStudent, type StudentPage, type StudentQuery } from '@course-chat/contracts';
import type { Response } from 'express';
import { ChatController } from './chat.controller';
import { ChatService } from './chat.service';
import { MessageService } from './message.service';
import { ReceiptService } from './receipt.service';

@OnlyRole('tutor')
@Controller('tutors/chats')
export class TutorChatController extends ChatController {
  constructor(chats: ChatService, messages: MessageService, receipts: ReceiptService) {
    super(chats, messages, receipts);
  }

  @Get('students')
  students(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: routes.tutors.listStudents.query }) query: StudentQuery,
  ): Promise<StudentPage> {
    return this.chats.students(principal, query);
  }

  @Post()
  async open(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: routes.tutors.createChat.body }) body: ChatWithStudent,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Chat> {
    return this.opened(await this.chats.open(principal, { ...body, tutorId: principal.userId }), response);
  }
}
