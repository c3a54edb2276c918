import { Body, Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { CurrentPrincipal, type Principal } from '@course-chat/api/kernel';
import { routes, type UserErasure } from '@course-chat/contracts';
import { CurrentCaller, type Caller } from '../caller';
import { OnlyRole } from '../role.guard';
import { ErasureService } from './erasure.service';

@OnlyRole('admin')
@Controller('admin/users')
export class UserErasureController {
  constructor(private readonly erasure: ErasureService) {}

  @HttpCode(204)
  @Delete(':userId')
  erase(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: routes.admin.eraseUser.params }) { userId }: { userId: string },
    @Body({ schema: routes.admin.eraseUser.body }) { reason }: UserErasure,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.erasure.eraseUser(principal, userId, reason, caller);
  }
}
