import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from './clock';
import { ErrorTranslator } from './error-translator';
import { RATE_LIMIT_SCALE, RateLimits } from './rate-limits';

/** What every module needs and none owns: the clock, the error translator, the limits. */
@Global()
@Module({})
export class KernelModule {
  static forRoot(options: { rateLimitScale: number }): DynamicModule {
    return {
      module: KernelModule,
      providers: [Clock, ErrorTranslator, RateLimits, { provide: RATE_LIMIT_SCALE, useValue: options.rateLimitScale }],
      exports: [Clock, ErrorTranslator, RateLimits],
    };
  }
}
