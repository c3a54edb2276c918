import { DomainError } from '@course-chat/api/kernel';
import { ACCESS_TOKEN_MAX_CHARACTERS, emailSchema, nameSchema, type Role } from '@course-chat/contracts';
import { decodeJwt, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { TOKEN_LIFETIME_MAX_SECONDS } from '../auth-options';
import { ExternalKeys } from './external-keys';
import {
  CLOCK_TOLERANCE_SECONDS,
  EXTERNAL_ALGORITHMS,
  KEY_CARE,
  type ExternalIssuerOptions,
  type KeyCareOptions,
} from './external-options';

/** What an issuer says of a person, checked. */
export interface ExternalPerson {
  readonly subject: string;
  /** The issuer's own session, when it names one. */
  readonly session: string | null;
  /** Only an address that the issuer has verified. */
  readonly email: string | null;
  readonly name: string | null;
  /** Never an administrator, whatever the claim says. */
  readonly role: Exclude<Role, 'admin'>;
  /** Both in milliseconds; a token that does not say when it was made counts as the oldest. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const ID_MAX = 255;
const idOfTheirs = z.string().check(z.minLength(1), z.maxLength(ID_MAX));
const claimsSchema = z.object({
  sub: idOfTheirs,
  sid: z.optional(idOfTheirs),
  exp: z.number(),
  iat: z.optional(z.number()),
  email: z.optional(z.unknown()),
  email_verified: z.optional(z.unknown()),
  name: z.optional(z.unknown()),
});

/** `typ` of an access token, RFC 9068 and before; whatever else an issuer signs is no way in. */
const ACCESS_TOKEN_TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** Reads the access tokens of one external issuer. */
export class ExternalTokens {
  private readonly keys: ExternalKeys;

  constructor(
    private readonly options: ExternalIssuerOptions,
    care: KeyCareOptions = KEY_CARE,
  ) {
    this.keys = new ExternalKeys(options.jwksUrl, care);
  }

  /** Whether a token claims to be this issuer's; says nothing of whether it is. */
  isTheirs(token: unknown): token is string {
    if (typeof token !== 'string' || token.length > ACCESS_TOKEN_MAX_CHARACTERS) return false;
    try {
      return decodeJwt(token).iss === this.options.issuer;
    } catch {
      return false;
    }
  }

  /** @throws DomainError UNAUTHENTICATED; UNAVAILABLE when its key would have to be asked for and the issuer is away. */
  async verify(token: string): Promise<ExternalPerson> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.find, {
        algorithms: EXTERNAL_ALGORITHMS,
        issuer: this.options.issuer,
        audience: this.options.audience,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      if (!ACCESS_TOKEN_TYPES.has(protectedHeader.typ?.toLowerCase() ?? 'jwt')) throw new Error('No access token');
      return this.personOf(payload);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw new DomainError('UNAUTHENTICATED', { cause: error });
    }
  }

  private personOf(payload: Record<string, unknown>): ExternalPerson {
    const claims = claimsSchema.parse(payload);
    if (claims.exp > Date.now() / 1000 + TOKEN_LIFETIME_MAX_SECONDS) throw new Error('No end in sight');
    const email = claims.email_verified === true ? emailSchema.safeParse(claims.email) : null;
    const name = nameSchema.safeParse(claims.name);
    return {
      subject: claims.sub,
      session: claims.sid ?? null,
      email: email?.success ? email.data : null,
      name: name.success ? name.data : null,
      role: isTutor(payload[this.options.roleClaim]) ? 'tutor' : 'student',
      issuedAt: (claims.iat ?? 0) * 1000,
      expiresAt: claims.exp * 1000,
    };
  }
}

/** The claim is one role or a list of them. */
function isTutor(claim: unknown): boolean {
  return claim === 'tutor' || (Array.isArray(claim) && claim.includes('tutor'));
}
