import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService, MongooseHealthIndicator, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '@course-chat/api/auth';
import { DomainError } from '@course-chat/api/kernel';
import { Readiness } from './readiness';

const PING_TIMEOUT_MS = 1_500;

/** What a load balancer asks. */
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: MongooseHealthIndicator,
    private readonly readiness: Readiness,
  ) {}

  /** The process runs. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work: it is not draining and the database answers. */
  @HealthCheck()
  @Get('ready')
  async ready(): Promise<HealthCheckResult> {
    if (this.readiness.isDraining) throw new DomainError('UNAVAILABLE', { message: 'Draining' });
    return this.health.check([() => this.database.pingCheck('mongodb', { timeout: PING_TIMEOUT_MS })]);
  }
}
