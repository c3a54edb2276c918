import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentCaller, OnlyRole, type Caller } from '@course-chat/api/auth';
import { CurrentPrincipal, RateLimited, type Principal } from '@course-chat/api/kernel';
import { routes, type ChatReading, type ModeratedPage } from '@course-chat/contracts';
import { ModerationService } from './moderation.service';

@OnlyRole('admin')
@Controller('admin/chats')
export class ModerationController {
  constructor(private readonly moderation: ModerationService) {}

  // A command, since it leaves an entry in the audit.
  @RateLimited('history')
  @HttpCode(200)
  @Post(':chatId/reads')
  read(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: routes.admin.readChat.params }) { chatId }: { chatId: string },
    @Body({ schema: routes.admin.readChat.body }) reading: ChatReading,
    @CurrentCaller() caller: Caller,
  ): Promise<ModeratedPage> {
    return this.moderation.read(principal, chatId, reading, caller);
  }
}
