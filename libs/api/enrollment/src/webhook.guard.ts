import { Inject, Injectable, type CanActivate, type ExecutionContext, type RawBodyRequest } from '@nestjs/common';
import { DomainError } from '@course-chat/api/kernel';
import type { Request } from 'express';
import { ENROLLMENT_OPTIONS, type EnrollmentOptions } from './enrollment-options';
import { isSignedBy, SIGNATURE_HEADER } from './webhook-signature';

/** Lets in only what the shop has signed. */
@Injectable()
export class WebhookGuard implements CanActivate {
  constructor(@Inject(ENROLLMENT_OPTIONS) private readonly options: EnrollmentOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RawBodyRequest<Request>>();
    const secret = this.options.webhookSecret;
    if (!secret || !request.rawBody || !isSignedBy(secret, request.rawBody, request.headers[SIGNATURE_HEADER])) {
      throw new DomainError('UNAUTHENTICATED', { message: 'The signature does not fit' });
    }
    return true;
  }
}
