import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { Public } from '@course-chat/api/auth';
import { routes, type EnrollmentEvent } from '@course-chat/contracts';
import { EnrollmentService } from './enrollment.service';
import { WebhookGuard } from './webhook.guard';

/** The door of a real shop. Public to JwtGuard, closed by the signature. */
@Public()
@UseGuards(WebhookGuard)
@Controller('integrations')
export class IntegrationsController {
  constructor(private readonly enrollments: EnrollmentService) {}

  @HttpCode(202)
  @Post('enrollments')
  async enrollment(
    @Body({ schema: routes.integrations.enrollment.body }) event: EnrollmentEvent,
  ): Promise<{ accepted: true }> {
    await this.enrollments.apply(event);
    return { accepted: true };
  }
}
