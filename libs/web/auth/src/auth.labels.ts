import { InjectionToken } from '@angular/core';

/** Every text of this library. An application may provide another object of the same shape. */
export interface AuthLabels {
  readonly language: string;
  readonly logInTitle: string;
  readonly registerTitle: string;
  /** Above the login after a session that ended by itself, or by a logout in another tab. */
  readonly ended: Readonly<Record<'expired' | 'elsewhere', string>>;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly showPassword: string;
  readonly hidePassword: string;
  readonly logIn: string;
  readonly loggingIn: string;
  readonly register: string;
  readonly registering: string;
  readonly noAccountYet: string;
  readonly haveAccount: string;
  readonly passwordHint: (least: number) => string;
  readonly nameInvalid: (most: number) => string;
  readonly emailInvalid: string;
  readonly passwordMissing: string;
  readonly passwordInvalid: (least: number, most: number) => string;
  readonly wrongCredentials: string;
  readonly emailTaken: string;
  readonly refused: string;
  readonly offline: string;
  readonly unavailable: string;
  readonly tooManyTries: (seconds: number) => string;
  readonly demoTitle: string;
  readonly demoHint: string;
  readonly demoRoles: Readonly<Record<'student' | 'tutor' | 'admin', string>>;
  readonly demoMore: (count: number) => string;
}

export const ENGLISH_AUTH_LABELS: AuthLabels = {
  language: 'Language',
  logInTitle: 'Log in to Course Chat',
  registerTitle: 'Create your account',
  ended: {
    expired: 'You were logged out here. Log in again: unsent messages are kept.',
    elsewhere: 'You logged out in another tab.',
  },
  name: 'Name',
  email: 'Email',
  password: 'Password',
  showPassword: 'Show what I type',
  hidePassword: 'Hide what I type',
  logIn: 'Log in',
  loggingIn: 'Logging in…',
  register: 'Create account',
  registering: 'Creating account…',
  noAccountYet: 'New here?',
  haveAccount: 'Already have an account?',
  passwordHint: (least) => `At least ${least} characters`,
  nameInvalid: (most) => `Enter your name: at most ${most} characters, none of them invisible.`,
  emailInvalid: 'Enter an email address, such as ana@example.com.',
  passwordMissing: 'Enter your password.',
  passwordInvalid: (least, most) => `Choose a password of ${least} to ${most} characters.`,
  wrongCredentials: 'The email or the password is not right.',
  emailTaken: 'There is an account with this email already. Log in instead.',
  refused: 'The server did not accept this. Check what you typed and try again.',
  offline: 'Course Chat cannot be reached. Check your connection and try again.',
  unavailable: 'Course Chat has a problem right now. Try again in a moment.',
  tooManyTries: (seconds) =>
    seconds > 0 ? `Too many tries. Try again in ${duration(seconds)}.` : 'You can try again now.',
  demoTitle: 'Try the demo',
  demoHint: 'Choose someone to fill in their email and password.',
  demoRoles: { student: 'Students', tutor: 'Tutors', admin: 'Administrator' },
  demoMore: (count) => `${count} more`,
};

function duration(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

export const AUTH_LABELS = new InjectionToken<AuthLabels>('AUTH_LABELS', {
  providedIn: 'root',
  factory: () => ENGLISH_AUTH_LABELS,
});
