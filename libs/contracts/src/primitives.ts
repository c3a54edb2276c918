import * as z from 'zod/mini';
import {
  CURSOR_MAX_CHARACTERS,
  EMAIL_MAX_CHARACTERS,
  NAME_MAX_CHARACTERS,
  PASSWORD_MAX_CHARACTERS,
  PASSWORD_MIN_CHARACTERS,
  TEXT_MAX_CHARACTERS,
} from './limits';

/** 24 lower-case hex characters. */
export const idSchema = z.string().check(z.regex(/^[0-9a-f]{24}$/, 'Expected 24 hex characters'));
/** ISO 8601 in UTC, with milliseconds. */
export const timeSchema = z.iso.datetime();
/** The sender's own id of a message: a UUID, the same on every try. */
export const clientMessageIdSchema = z.guid().check(z.toLowerCase());
/** The place of a message in its chat: 1, 2, 3... */
export const seqSchema = z.int().check(z.gte(1));
/** A position in a chat; 0 is before the first message. */
export const positionSchema = z.int().check(z.gte(0));
/** Opaque: hand back what the server gave. */
export const cursorSchema = z.string().check(z.minLength(1), z.maxLength(CURSOR_MAX_CHARACTERS));
export const roleSchema = z.enum(['student', 'tutor', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** A price in cents; zero is free. */
export const priceSchema = z.int().check(z.gte(0));

/** How many characters a person would count: Unicode code points, as JSON Schema's maxLength counts. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Whether at least one character leaves ink: not blank, not zero-width, not a lone combining mark. */
export function hasVisibleCharacter(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text.replace(/[\p{Default_Ignorable_Code_Point}\u2800]/gu, ''));
}

// C0 and C1 controls but tab and newline, and halves of surrogate pairs.
const FORBIDDEN_IN_TEXT = /[\p{Cc}\p{Cs}]/u;
// What turns the direction of the text around it: a name is shown inside other people's sentences.
const BIDI_CONTROL = /[\u202A-\u202E\u2066-\u2069]/u;

function hasForbidden(text: string): boolean {
  return FORBIDDEN_IN_TEXT.test(text.replace(/[\n\t]/g, ''));
}

/**
 * Putting the marks on one letter into their order takes the square of their number, and no script needs a tenth of these:
 * the Stream-Safe Text Format has 30 (Unicode Standard Annex 15, section 13).
 */
const TOO_MANY_MARKS = /\p{M}{300}/u;

/**
 * A message's text as it is stored: NFC, trimmed, 1 to 4,000 characters, at least one visible,
 * no control characters but newline and tab.
 */
export const textSchema = z.string().check(
  // Before anything walks the text: four UTF-16 units a character is more than any valid text needs.
  z.maxLength(TEXT_MAX_CHARACTERS * 4, { error: `At most ${TEXT_MAX_CHARACTERS} characters`, abort: true }),
  z.refine((text: string) => !TOO_MANY_MARKS.test(text), { error: 'Too many marks on one letter', abort: true }),
  z.normalize('NFC'),
  z.trim(),
  z.refine((text: string) => countCharacters(text) <= TEXT_MAX_CHARACTERS, {
    error: `At most ${TEXT_MAX_CHARACTERS} characters`,
  }),
  z.refine((text: string) => !hasForbidden(text), { error: 'Control characters are not allowed', abort: true }),
  z.refine(hasVisibleCharacter, { error: 'At least one visible character is needed' }),
);

// As near as a pattern of JSON Schema comes to it, so that the reference promises no more than is taken.
textSchema.register(z.globalRegistry, {
  minLength: 1,
  maxLength: TEXT_MAX_CHARACTERS,
  pattern: String.raw`^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$`,
});

/** One line that names a person or a thing: trimmed, visible, no control and no direction characters. */
export const nameSchema = z.string().check(
  z.maxLength(NAME_MAX_CHARACTERS * 4, { error: `At most ${NAME_MAX_CHARACTERS} characters`, abort: true }),
  z.normalize('NFC'),
  z.trim(),
  z.refine((name: string) => countCharacters(name) <= NAME_MAX_CHARACTERS, {
    error: `At most ${NAME_MAX_CHARACTERS} characters`,
  }),
  z.refine((name: string) => !FORBIDDEN_IN_TEXT.test(name) && !BIDI_CONTROL.test(name), {
    error: 'Control characters are not allowed',
    abort: true,
  }),
  z.refine(hasVisibleCharacter, { error: 'At least one visible character is needed' }),
);

nameSchema.register(z.globalRegistry, {
  minLength: 1,
  maxLength: NAME_MAX_CHARACTERS,
  pattern: String.raw`^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$`,
});

// What comes before the @ and each label after it, at their longest: RFC 5321 section 4.5.3.1.1, RFC 1035 section 2.3.4.
const EMAIL_LENGTHS = /^[^@]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** An address as accounts are keyed by: trimmed, lower case. */
export const emailSchema = z.string().check(
  z.maxLength(EMAIL_MAX_CHARACTERS, { abort: true }),
  z.trim(),
  z.toLowerCase(),
  z.email('Expected an e-mail address'),
  z.refine((email: string) => EMAIL_LENGTHS.test(email), 'Expected an e-mail address'),
);

// Typed on another keyboard the same password is the same characters: NFC, as SP 800-63B section 3.1.1.2 asks for.
const password = (least: number) =>
  z.string().check(
    z.maxLength(PASSWORD_MAX_CHARACTERS * 4, { error: `At most ${PASSWORD_MAX_CHARACTERS} characters`, abort: true }),
    z.normalize('NFC'),
    z.refine((text: string) => countCharacters(text) <= PASSWORD_MAX_CHARACTERS, {
      error: `At most ${PASSWORD_MAX_CHARACTERS} characters`,
    }),
    z.refine((text: string) => countCharacters(text) >= least, { error: `At least ${least} characters` }),
  );

/** A password to set. */
export const passwordSchema = password(PASSWORD_MIN_CHARACTERS);
passwordSchema.register(z.globalRegistry, {
  minLength: PASSWORD_MIN_CHARACTERS,
  maxLength: PASSWORD_MAX_CHARACTERS,
});

/** A password to check. It is only bounded: an account made under older rules must still open. */
export const givenPasswordSchema = password(1);
givenPasswordSchema.register(z.globalRegistry, { minLength: 1, maxLength: PASSWORD_MAX_CHARACTERS });
