import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from './clock';
import { ErrorTranslator } from './error-translator';
import type { LimitSettings } from './limit-settings';
import { RATE_LIMIT_NUMBERS, RATE_LIMIT_SCALE, RateLimits } from './rate-limits';

/** What every module needs and none owns: the clock, the error translator, the limits. */
@Global()
@Module({})
export class KernelModule {
  static forRoot(options: { rateLimitScale: number; rateLimits: LimitSettings }): DynamicModule {
    return {
      module: KernelModule,
      providers: [
        Clock,
        ErrorTranslator,
        RateLimits,
        { provide: RATE_LIMIT_SCALE, useValue: options.rateLimitScale },
        { provide: RATE_LIMIT_NUMBERS, useValue: options.rateLimits },
      ],
      exports: [Clock, ErrorTranslator, RateLimits],
    };
  }
}
