/** Another system whose accounts may use this one: how its access tokens are known. */
export interface ExternalIssuerOptions {
  /** Where its public keys are, as a JSON Web Key Set. */
  readonly jwksUrl: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` its tokens must name, so that one made for another service opens nothing here. */
  readonly audience: string;
  /** The claim that says who is a tutor. */
  readonly roleClaim: string;
}

/** How its keys are kept; durations in milliseconds. */
export interface KeyCareOptions {
  /** The issuer has answered by then, or counts as away. */
  readonly timeoutMs: number;
  /** After this its keys are asked for again, behind the calls. */
  readonly freshMs: number;
  /** Keys that could not be renewed for this long are not believed any more. */
  readonly staleMs: number;
  /** An unknown key makes us ask at most this often: anybody can name one. */
  readonly cooldownMs: number;
  /** After a failure the issuer is left alone for this long. */
  readonly restMs: number;
}

export const KEY_CARE: KeyCareOptions = {
  timeoutMs: 3_000,
  freshMs: 10 * 60_000,
  staleMs: 24 * 60 * 60_000,
  cooldownMs: 10_000,
  restMs: 5_000,
};

/** What an issuer may sign with: nothing with a shared secret, so that its public key is never taken for one. */
export const EXTERNAL_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Clocks may differ by this much when a token says from when and until when it holds. */
export const CLOCK_TOLERANCE_SECONDS = 5;
/** Largest key set that is read, in bytes. */
export const KEY_SET_MAX_BYTES = 256 * 1024;
