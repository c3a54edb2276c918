import { Controller, Get, Inject } from '@nestjs/common';
import { Public } from '@course-chat/api/auth';
import { DomainError } from '@course-chat/api/kernel';
import type { DemoLogins } from '@course-chat/contracts';
import { DEMO_PASSWORD, demoAccounts } from './demo-people';
import { DEMO } from './demo.seeder';

/** The logins that the login page shows; not there outside a demo. */
@Public()
@Controller('demo')
export class DemoController {
  constructor(@Inject(DEMO) private readonly isDemo: boolean) {}

  @Get()
  logins(): DemoLogins {
    if (!this.isDemo) throw new DomainError('NOT_FOUND');
    return { password: DEMO_PASSWORD, accounts: demoAccounts.map(({ email, name, role }) => ({ email, name, role })) };
  }
}
