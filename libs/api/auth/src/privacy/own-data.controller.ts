import { Body, Controller, Delete, Get, Header, HttpCode, Logger, StreamableFile } from '@nestjs/common';
import { CurrentPrincipal, RateLimited, type Principal } from '@course-chat/api/kernel';
import { routes, type Account, type ErasureConfirmation } from '@course-chat/contracts';
import { AccountService } from '../account.service';
import { CurrentCaller, type Caller } from '../caller';
import { AccountExporter } from './account-export';
import { ErasureService } from './erasure.service';

/** What is kept about whoever asks. */
@Controller('account')
export class OwnDataController {
  private readonly logger = new Logger(OwnDataController.name);

  constructor(
    private readonly account: AccountService,
    private readonly exporter: AccountExporter,
    private readonly erasure: ErasureService,
  ) {}

  @Header('Cache-Control', 'no-store')
  @Get()
  get(@CurrentPrincipal() principal: Principal): Promise<Account> {
    return this.account.get(principal);
  }

  @RateLimited('export')
  @Header('Cache-Control', 'no-store')
  @Get('export')
  async export(@CurrentPrincipal() principal: Principal, @CurrentCaller() caller: Caller): Promise<StreamableFile> {
    const document = await this.exporter.of(principal, caller);
    const file = new StreamableFile(document, {
      type: 'application/json',
      disposition: 'attachment; filename="course-chat-my-data.json"',
    });
    // Half a document must not look whole, and what the database said of it is no answer.
    return file.setErrorHandler((error, response) => {
      this.logger.warn(`An export broke off: ${error.name}`);
      response.destroy?.();
    });
  }

  @HttpCode(204)
  @Delete()
  erase(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: routes.account.erase.body }) body: ErasureConfirmation,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.erasure.eraseSelf(principal, body, caller);
  }
}
