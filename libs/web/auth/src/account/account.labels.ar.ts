import { counting } from '@course-chat/web/language';
import type { AccountLabels } from './account.labels';

const { plural } = counting<Intl.LDMLPluralRule>('ar');

/** The texts of the account page in Arabic. */
export const ARABIC_ACCOUNT_LABELS: AccountLabels = {
  title: 'حسابك',
  profile: 'الملف الشخصي',
  name: 'الاسم',
  email: 'البريد الإلكتروني',
  noEmail: 'لا يوجد',
  since: 'هنا منذ',
  role: 'الدور',
  roles: { student: 'طالب', tutor: 'مدرّس', admin: 'الإدارة' },
  password: 'كلمة المرور',
  passwordText: 'كلمة المرور الجديدة تسجّل خروجك من كل أجهزتك الأخرى.',
  presentPassword: 'كلمة المرور الحالية',
  newPassword: 'كلمة المرور الجديدة',
  changePassword: 'تغيير كلمة المرور',
  changingPassword: 'جارٍ التغيير…',
  passwordChanged: 'تم تغيير كلمة المرور، وسُجّل خروجك من أجهزتك الأخرى.',
  wrongPassword: 'كلمة المرور الحالية غير صحيحة.',
  devices: 'الأجهزة',
  devicesText: 'الأماكن التي سجّلت الدخول منها. سجّل الخروج مما لا تعرفه، ثم غيّر كلمة المرور.',
  thisDevice: 'هذا الجهاز',
  unknownDevice: 'جهاز غير معروف',
  lastUsed: (time) => `آخر استخدام ${time}`,
  network: (network) => `الشبكة \u2068${network}\u2069`,
  end: 'تسجيل الخروج',
  endOf: (device, time) => `تسجيل الخروج من ${device}، آخر استخدام ${time}`,
  ending: 'جارٍ تسجيل الخروج…',
  endOthers: 'تسجيل الخروج من كل الأجهزة الأخرى',
  noOthers: 'لم تسجّل الدخول في أي مكان آخر.',
  endFailed: 'لم ينجح ذلك. أعد المحاولة.',
  data: 'بياناتك',
  dataText: 'ملف فيه كل ما يُحفظ عنك: الحساب والأجهزة والدورات والمحادثات وما كتبته.',
  download: 'تنزيل بياناتي',
  downloading: 'جارٍ تجهيز الملف…',
  downloaded: 'الملف جاهز، وستجده بين ملفاتك المنزّلة.',
  erase: 'حذف الحساب',
  eraseText: 'يُحذف اسمك وبريدك وما كتبته. ويحتفظ الآخرون بما كتبوه لك.',
  eraseAdmin: 'حساب الإدارة يحذفه شخص آخر من الإدارة.',
  eraseTitle: 'هل تريد حذف حسابك؟',
  eraseWarning: 'لا يمكن التراجع عن ذلك. ستفقد دوراتك ومحادثاتك، وسيرى الجميع «Deleted account».',
  eraseNow: 'حذف نهائي',
  erasing: 'جارٍ الحذف…',
  keep: 'الاحتفاظ بحسابي',
  loading: 'جارٍ تحميل حسابك…',
  loadFailed: 'تعذّر تحميل حسابك.',
  retry: 'إعادة المحاولة',
  failed: 'توجد مشكلة في Course Chat الآن. أعد المحاولة بعد لحظة.',
  offline: 'تعذّر الوصول إلى Course Chat. تحقّق من اتصالك ثم أعد المحاولة.',
  tooManyTries: (seconds) =>
    seconds > 0 ? `محاولات كثيرة. أعد المحاولة بعد ${duration(seconds)}.` : 'يمكنك إعادة المحاولة الآن.',
};

function duration(seconds: number): string {
  return seconds < 60
    ? plural(seconds, {
        zero: 'لحظة',
        one: 'ثانية واحدة',
        two: 'ثانيتين',
        few: '# ثوانٍ',
        many: '# ثانية',
        other: '# ثانية',
      })
    : plural(Math.ceil(seconds / 60), {
        zero: 'لحظة',
        one: 'دقيقة واحدة',
        two: 'دقيقتين',
        few: '# دقائق',
        many: '# دقيقة',
        other: '# دقيقة',
      });
}
