import type { Role } from '@course-chat/contracts';

export const DEMO_PASSWORD = 'course-chat-demo';

const STUDENTS = [
  'Lena Marsh',
  'Jo Park',
  'Yusuf Demir',
  'Amélie Laurent',
  'Noor Haddad',
  'Kofi Mensah',
  'Ingrid Solberg',
  'Mateo Vargas',
  'Priya Nair',
  'Tom Becker',
  'ليلى منصور',
  'Chen Wei',
  'Wilhelmina-Alexandra Freifrau von Sonnenberg zu Altenkirchen',
  'Dara O’Brien',
  'Fatima Zahra',
  'Lucas Moreau',
  'Hana Sato',
  'Emeka Obi',
  'Sofia Rossi',
  'Ben Carter',
];
const TUTORS = ['Ana Ruiz', 'Tomás Okafor', 'Mira Klein', 'Sam Bianchi'];

/** One login of the demo. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

const account =
  (role: Role) =>
  (name: string, index: number): DemoAccount => ({ email: `${role}${index + 1}@example.com`, name, role });

export const demoStudents: readonly DemoAccount[] = STUDENTS.map(account('student'));
export const demoTutors: readonly DemoAccount[] = TUTORS.map(account('tutor'));
export const demoAccounts: readonly DemoAccount[] = [
  ...demoStudents,
  ...demoTutors,
  { email: 'admin@example.com', name: 'Alex Admin', role: 'admin' },
];
