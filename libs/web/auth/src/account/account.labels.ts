import { InjectionToken } from '@angular/core';
import { counting } from '@course-chat/web/language';

/** Every text of the account page. Another object of the same shape is another language. */
export interface AccountLabels {
  readonly title: string;
  readonly profile: string;
  readonly name: string;
  readonly email: string;
  readonly noEmail: string;
  readonly since: string;
  readonly role: string;
  readonly roles: Readonly<Record<'student' | 'tutor' | 'admin', string>>;
  readonly password: string;
  readonly passwordText: string;
  readonly presentPassword: string;
  readonly newPassword: string;
  readonly changePassword: string;
  readonly changingPassword: string;
  readonly passwordChanged: string;
  readonly wrongPassword: string;
  readonly devices: string;
  readonly devicesText: string;
  readonly thisDevice: string;
  readonly unknownDevice: string;
  readonly lastUsed: (time: string) => string;
  readonly network: (network: string) => string;
  readonly end: string;
  readonly endOf: (device: string, time: string) => string;
  readonly ending: string;
  readonly endOthers: string;
  readonly noOthers: string;
  readonly endFailed: string;
  readonly data: string;
  readonly dataText: string;
  readonly download: string;
  readonly downloading: string;
  readonly downloaded: string;
  readonly erase: string;
  readonly eraseText: string;
  readonly eraseAdmin: string;
  readonly eraseTitle: string;
  readonly eraseWarning: string;
  readonly eraseNow: string;
  readonly erasing: string;
  readonly keep: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly retry: string;
  readonly failed: string;
  readonly offline: string;
  readonly tooManyTries: (seconds: number) => string;
}

const { plural } = counting('en');

export const ENGLISH_ACCOUNT_LABELS: AccountLabels = {
  title: 'Your account',
  profile: 'Profile',
  name: 'Name',
  email: 'Email',
  noEmail: 'None',
  since: 'Here since',
  role: 'Role',
  roles: { student: 'Student', tutor: 'Tutor', admin: 'Administrator' },
  password: 'Password',
  passwordText: 'A new password logs out all your other devices.',
  presentPassword: 'Current password',
  newPassword: 'New password',
  changePassword: 'Change password',
  changingPassword: 'Changing…',
  passwordChanged: 'Your password is changed. Your other devices are logged out.',
  wrongPassword: 'The current password is not right.',
  devices: 'Devices',
  devicesText: 'Where you are logged in. Log out what you do not know, and change your password.',
  thisDevice: 'This device',
  unknownDevice: 'Unknown device',
  lastUsed: (time) => `Last used ${time}`,
  network: (network) => `Network ${network}`,
  end: 'Log out',
  endOf: (device, time) => `Log out ${device}, last used ${time}`,
  ending: 'Logging out…',
  endOthers: 'Log out all other devices',
  noOthers: 'You are logged in nowhere else.',
  endFailed: 'That did not work. Try again.',
  data: 'Your data',
  dataText: 'A file with everything that is kept about you: account, devices, courses, chats and what you wrote.',
  download: 'Download my data',
  downloading: 'Preparing the file…',
  downloaded: 'The file is ready. It is among your downloads.',
  erase: 'Delete account',
  eraseText: 'Your name, your email and what you wrote are deleted. Others keep what they wrote to you.',
  eraseAdmin: 'The account of an administrator is deleted by another administrator.',
  eraseTitle: 'Delete your account?',
  eraseWarning: 'This cannot be undone. You lose your courses and your chats, and everybody sees “Deleted account”.',
  eraseNow: 'Delete for good',
  erasing: 'Deleting…',
  keep: 'Keep my account',
  loading: 'Loading your account…',
  loadFailed: 'Your account could not be loaded.',
  retry: 'Try again',
  failed: 'Course Chat has a problem right now. Try again in a moment.',
  offline: 'Course Chat cannot be reached. Check your connection and try again.',
  tooManyTries: (seconds) =>
    seconds > 0 ? `Too many tries. Try again in ${duration(seconds)}.` : 'You can try again now.',
};

function duration(seconds: number): string {
  return seconds < 60
    ? plural(seconds, { one: '# second', other: '# seconds' })
    : plural(Math.ceil(seconds / 60), { one: '# minute', other: '# minutes' });
}

export const ACCOUNT_LABELS = new InjectionToken<AccountLabels>('ACCOUNT_LABELS', {
  providedIn: 'root',
  factory: () => ENGLISH_ACCOUNT_LABELS,
});
