export { answerWithin } from './answer-within';
export { AnswerInTime, decideInTime } from './answer-in-time.interceptor';
export { BoundedMap } from './bounded-map';
export { addressKey } from './caller-address';
export { Clock } from './clock';
export { DomainError } from './domain-error';
export { ErrorTranslator, isDatabaseAway } from './error-translator';
export { ExpiringCache } from './expiring-cache';
export { FairShare } from './fair-share.interceptor';
export { findBytes, type FindBytes } from './find-bytes';
export { HttpErrorFilter } from './http-error.filter';
export { KernelModule } from './kernel.module';
export { parseLimits, type LimitSettings } from './limit-settings';
export { inOneAnswer, nativeCollection, runWrite } from './native-collection';
export { duplicateKeyIndex, newObjectId, toObjectId, type ObjectId } from './object-id';
export { OpenByAddress, type Countable } from './open-by-address';
export { decodeCursor, encodeCursor } from './page-cursor';
export { CurrentPrincipal, type Principal } from './principal';
export { RateLimitGuard } from './rate-limit.guard';
export {
  RATE_LIMIT_METADATA,
  RATE_LIMIT_STORE,
  RateLimited,
  RateLimits,
  REFUSAL_DELAY_MS,
  type LimitName,
} from './rate-limits';
export { Rounds, roundsById } from './rounds';
export { assertModest, parseInput, validationPipe } from './validated-input';
