import { counting } from '@course-chat/web/language';
import type { AuthLabels } from './auth.labels';
import { duration } from './duration.ar';

export { AUTH_LABELS } from './auth.labels';
export { ACCOUNT_LABELS } from './account/account.labels';
export { ARABIC_ACCOUNT_LABELS } from './account/account.labels.ar';

const { number, plural } = counting<Intl.LDMLPluralRule>('ar');
const characters = (count: number) =>
  plural(count, {
    zero: 'بلا أحرف',
    one: 'حرف واحد',
    two: 'حرفين',
    few: '# أحرف',
    many: '# حرفًا',
    other: '# حرف',
  });

/** The texts of login and registration in Arabic. */
export const ARABIC_AUTH_LABELS: AuthLabels = {
  language: 'اللغة',
  logInTitle: 'تسجيل الدخول إلى Course Chat',
  registerTitle: 'أنشئ حسابك',
  ended: {
    expired: 'سُجّل خروجك هنا. سجّل الدخول مرة أخرى: الرسائل التي لم تُرسل محفوظة.',
    elsewhere: 'سجّلت الخروج في علامة تبويب أخرى.',
  },
  name: 'الاسم',
  email: 'البريد الإلكتروني',
  password: 'كلمة المرور',
  showPassword: 'إظهار ما أكتبه',
  hidePassword: 'إخفاء ما أكتبه',
  logIn: 'تسجيل الدخول',
  loggingIn: 'جارٍ تسجيل الدخول…',
  register: 'إنشاء حساب',
  registering: 'جارٍ إنشاء الحساب…',
  noAccountYet: 'أول مرة هنا؟',
  haveAccount: 'لديك حساب بالفعل؟',
  passwordHint: (least) => `لا تقل عن ${characters(least)}`,
  nameInvalid: (most) => `اكتب اسمك بما لا يتجاوز ${characters(most)}، من دون أحرف غير مرئية.`,
  emailInvalid: 'اكتب عنوان بريد إلكتروني، مثل ana@example.com.',
  passwordMissing: 'اكتب كلمة المرور.',
  passwordInvalid: (least, most) => `اختر كلمة مرور من ${number(least)} إلى ${characters(most)}.`,
  wrongCredentials: 'البريد الإلكتروني أو كلمة المرور غير صحيحة.',
  emailTaken: 'يوجد حساب بهذا البريد الإلكتروني. سجّل الدخول به.',
  refused: 'لم يقبل الخادم ذلك. راجع ما كتبته ثم أعد المحاولة.',
  offline: 'تعذّر الوصول إلى Course Chat. تحقّق من اتصالك ثم أعد المحاولة.',
  unavailable: 'توجد مشكلة في Course Chat الآن. أعد المحاولة بعد لحظة.',
  tooManyTries: (seconds) =>
    seconds > 0 ? `محاولات كثيرة. أعد المحاولة بعد ${duration(seconds)}.` : 'يمكنك إعادة المحاولة الآن.',
  demoTitle: 'جرّب العرض التوضيحي',
  demoHint: 'اختر شخصًا لملء بريده وكلمة مروره.',
  demoRoles: { student: 'الطلاب', tutor: 'المدرّسون', admin: 'الإدارة' },
  demoMore: (count) =>
    plural(count, {
      zero: 'لا مزيد',
      one: 'واحد آخر',
      two: 'اثنان آخران',
      few: '# آخرون',
      many: '# آخرون',
      other: '# آخرون',
    }),
};
