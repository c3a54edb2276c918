import { Logger } from '@nestjs/common';
import { DomainError } from '@course-chat/api/kernel';
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { KEY_CARE, KEY_SET_MAX_BYTES, type KeyCareOptions } from './external-options';

/**
 * The public keys of an issuer. Fetched when first needed and behind the calls from then on, so that an issuer that is
 * away for hours does not keep out people whose key is known; a key that was withdrawn is out with the next renewal.
 */
export class ExternalKeys {
  private readonly logger = new Logger(ExternalKeys.name);
  private readonly remote: ReturnType<typeof createRemoteJWKSet>;
  private renewedAt = 0;
  private restsUntil = 0;
  private isAway = false;

  constructor(
    url: string,
    private readonly care: KeyCareOptions = KEY_CARE,
  ) {
    this.remote = createRemoteJWKSet(new URL(url), {
      timeoutDuration: care.timeoutMs,
      cooldownDuration: care.cooldownMs,
      // When keys are too old is decided here: the library would refuse known ones while the issuer is away.
      cacheMaxAge: Infinity,
      [customFetch]: (address, init) => this.fetch(address, init),
    });
  }

  /**
   * The key that a token names.
   * @throws DomainError UNAVAILABLE while the issuer is away and the key is not known
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const age = Date.now() - this.renewedAt;
    const isKnown = this.renewedAt > 0 && age < this.care.staleMs;
    try {
      if (!isKnown) await this.remote.reload();
      else if (age > this.care.freshMs && !this.remote.reloading) void this.remote.reload().catch(() => undefined);
      return await this.remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new DomainError('UNAVAILABLE', {
        message: 'The issuer of this token can not be asked',
        retryAfterMs: this.care.restMs,
        cause: error,
      });
    }
  };

  private async fetch(address: string, init: RequestInit): Promise<Response> {
    if (Date.now() < this.restsUntil) throw new Error('The issuer is left alone for a moment');
    try {
      const response = await fetch(address, init);
      if (response.status !== 200) throw new Error(`It answered ${response.status}`);
      const keys = await bounded(response);
      this.renewedAt = Date.now();
      if (this.isAway) this.logger.log('The external issuer is back');
      this.isAway = false;
      return Response.json(keys);
    } catch (error) {
      this.restsUntil = Date.now() + this.care.restMs;
      // One line when it goes and one when it is back; what it answered is not quoted.
      if (!this.isAway)
        this.logger.warn(`The external issuer is away: ${error instanceof Error ? error.name : 'unknown'}`);
      this.isAway = true;
      throw error;
    }
  }
}

/** A key set of bounded size; whatever else it is. */
async function bounded(response: Response): Promise<object> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > KEY_SET_MAX_BYTES) throw new Error('Its key set is too large');
    parts.push(part);
  }
  const read: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
  if (typeof read !== 'object' || read === null || !('keys' in read) || !Array.isArray(read.keys)) {
    throw new Error('What it answered is no key set');
  }
  return read;
}
