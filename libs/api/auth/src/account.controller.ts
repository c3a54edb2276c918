import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentPrincipal, type Principal } from '@course-chat/api/kernel';
import { routes, type LoginSessions, type PasswordChange } from '@course-chat/contracts';
import { AccountService } from './account.service';
import { CurrentCaller, type Caller } from './caller';

/** Everybody's own account. */
@Controller('auth')
export class AccountController {
  constructor(private readonly account: AccountService) {}

  @Get('sessions')
  listSessions(@CurrentPrincipal() principal: Principal): Promise<LoginSessions> {
    return this.account.listSessions(principal);
  }

  @HttpCode(204)
  @Delete('sessions')
  endOtherSessions(@CurrentPrincipal() principal: Principal, @CurrentCaller() caller: Caller): Promise<void> {
    return this.account.endOtherSessions(principal, caller);
  }

  @HttpCode(204)
  @Delete('sessions/:sessionId')
  endSession(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: routes.auth.endSession.params }) { sessionId }: { sessionId: string },
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.account.endSession(principal, sessionId, caller);
  }

  @HttpCode(204)
  @Post('password')
  changePassword(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: routes.auth.changePassword.body }) body: PasswordChange,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.account.changePassword(principal, body, caller);
  }
}
