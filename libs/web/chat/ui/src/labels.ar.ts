import { counting, shortCount } from '@course-chat/web/language';
import type { ChatUiLabels } from './labels';

export { CHAT_UI_LABELS } from './labels';

const { number, plural } = counting<Intl.LDMLPluralRule>('ar');
const newMessages = (count: number) =>
  plural(count, {
    zero: 'لا رسائل جديدة',
    one: 'رسالة جديدة واحدة',
    two: 'رسالتان جديدتان',
    few: '# رسائل جديدة',
    many: '# رسالة جديدة',
    other: '# رسالة جديدة',
  });
const characters = (count: number) =>
  plural(count, {
    zero: 'بلا أحرف',
    one: 'حرف واحد',
    two: 'حرفان',
    few: '# أحرف',
    many: '# حرفًا',
    other: '# حرف',
  });
const seconds = (count: number) =>
  plural(count, {
    zero: 'لحظة',
    one: 'ثانية واحدة',
    two: 'ثانيتين',
    few: '# ثوانٍ',
    many: '# ثانية',
    other: '# ثانية',
  });
// After «منذ» the dual stands in the genitive.
const minutes = (count: number) =>
  plural(count, {
    zero: 'لحظات',
    one: 'دقيقة',
    two: 'دقيقتين',
    few: '# دقائق',
    many: '# دقيقة',
    other: '# دقيقة',
  });

/** The words of these components in Arabic. */
export const ARABIC_LABELS: ChatUiLabels = {
  chats: 'المحادثات',
  searchChats: 'البحث في المحادثات',
  searchChatsHint: 'ابحث عن أشخاص أو دورات',
  clearSearch: 'مسح البحث',
  newChat: 'محادثة جديدة',
  filters: 'تصفية المحادثات',
  course: 'الدورة',
  allCourses: 'كل الدورات',
  order: 'الترتيب',
  newestFirst: 'الأحدث أولًا',
  longestWaiting: 'الأطول انتظارًا',
  showAll: 'عرض كل المحادثات',
  loadingChats: 'جارٍ تحميل المحادثات',
  noChats: 'لا توجد محادثات بعد',
  noChatsHint: 'ابدأ محادثة وستجدها على جميع أجهزتك.',
  noChatsFound: 'لم يُعثر على شيء',
  noChatsFoundHint: 'جرّب اسمًا آخر أو دورة أخرى.',
  chatsFailed: 'تعذّر تحميل محادثاتك.',
  retry: 'إعادة المحاولة',
  loadMore: 'عرض المزيد',
  you: 'أنت:',
  draft: 'مسودة:',
  typing: 'يكتب الآن…',
  messageDeleted: 'رسالة محذوفة',
  noMessagesYet: 'لا توجد رسائل بعد',
  unread: (count) =>
    plural(count, {
      zero: 'لا رسائل غير مقروءة',
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '# رسائل غير مقروءة',
      many: '# رسالة غير مقروءة',
      other: '# رسالة غير مقروءة',
    }),
  unreadShort: (count) => shortCount(count, 'ar'),
  waits: (duration) => `ينتظر منذ ${duration}`,
  minutes,
  hours: (count) =>
    plural(count, {
      zero: 'أقل من ساعة',
      one: 'ساعة',
      two: 'ساعتين',
      few: '# ساعات',
      many: '# ساعة',
      other: '# ساعة',
    }),
  days: (count) =>
    plural(count, {
      zero: 'أقل من يوم',
      one: 'يوم',
      two: 'يومين',
      few: '# أيام',
      many: '# يومًا',
      other: '# يوم',
    }),

  online: 'متصل الآن',
  offline: 'غير متصل',
  activeNow: 'كان نشطًا قبل لحظات',
  activeMinutesAgo: (count) => `كان نشطًا منذ ${minutes(count)}`,
  lastSeenToday: (time) => `آخر ظهور اليوم الساعة ${time}`,
  lastSeenYesterday: (time) => `آخر ظهور أمس الساعة ${time}`,
  lastSeenOn: (date) => `آخر ظهور ${date}`,
  today: 'اليوم',
  yesterday: 'أمس',
  backToChats: 'العودة إلى المحادثات',
  voiceCall: 'مكالمة صوتية',
  videoCall: 'مكالمة فيديو',
  callsLater: 'المكالمات غير متاحة بعد',
  openCourse: (title) => `فتح دورة ${title}`,
  readOnly: 'للقراءة فقط',

  messagesWith: (name) => `الرسائل مع ${name}`,
  newMessages,
  newMessagesBelow: 'رسائل جديدة',
  beginning: 'بداية المحادثة',
  beginningHint: (name) => `ألقِ التحية على ${name}.`,
  jumpToLatest: 'الانتقال إلى أحدث رسالة',
  jumpToLatestWithCount: (count) => `الانتقال إلى أحدث رسالة، ${newMessages(count)}`,
  loadingMessages: 'جارٍ تحميل الرسائل',
  loadingOlder: 'جارٍ تحميل الرسائل الأقدم',
  loadingNewer: 'جارٍ تحميل الرسائل الأحدث',
  messagesFailed: 'تعذّر تحميل الرسائل.',
  personIsTyping: (name) => `${name} يكتب الآن…`,
  announceOne: (name, text) => `${name}: ${text}`,
  announceMany: (name, count) => `${newMessages(count)} من ${name}`,

  edited: 'معدّلة',
  deletedByYou: 'حذفتَ هذه الرسالة',
  deletedByOther: 'حُذفت هذه الرسالة',
  unknownKind: 'أعد تحميل الصفحة لعرض هذه الرسالة',
  notSent: 'لم تُرسل.',
  copy: 'نسخ',
  copied: 'تم النسخ',
  edit: 'تعديل',
  delete: 'حذف',
  messageActions: 'إجراءات الرسالة',
  youSaid: 'أنت:',
  delivery: {
    queued: 'بانتظار الإرسال',
    sending: 'جارٍ الإرسال',
    stored: 'أُرسلت',
    delivered: 'سُلّمت',
    read: 'قُرئت',
    failed: 'لم تُرسل',
  },

  message: 'رسالة',
  messageTo: (name) => `رسالة إلى ${name}`,
  send: 'إرسال',
  save: 'حفظ',
  cancelEdit: 'إلغاء التعديل',
  editingMessage: 'تعديل الرسالة',
  counter: (count, max) => `${number(count)} من ${characters(max)}`,
  tooLong: (max) => `لا تتجاوز الرسالة ${characters(max)}. اختصرها أو أرسلها على أجزاء.`,
  forbiddenCharacters: 'يحتوي هذا النص على رموز تحكّم لا يمكن إرسالها.',
  willSendLater: 'ستُرسل عند عودة الاتصال',
  sendingPaused: (count) => `كان ذلك سريعًا. سيُستأنف إرسال رسائلك بعد ${seconds(count)}.`,
  undo: 'تراجع',

  offlineBanner: 'أنت غير متصل بالإنترنت. ستُرسل الرسائل عند عودة الاتصال.',
  reconnecting: 'جارٍ إعادة الاتصال…',
  backOnline: 'عاد الاتصال',

  searchTutors: 'البحث عن مدرّسين ودورات',
  searchStudents: 'البحث عن طلاب ودورات',
  tutors: 'المدرّسون',
  students: 'الطلاب',
  loadingPeople: 'جارٍ تحميل الأشخاص',
  peopleFailed: 'تعذّر تحميل الأشخاص الذين يمكنك مراسلتهم.',
  noTutors: 'لا يوجد مدرّسون بعد',
  noTutorsHint: 'يمكنك مراسلة مدرّسي كل دورة تملكها. اختر دورة لتبدأ.',
  browseCourses: 'تصفّح الدورات',
  noStudents: 'لا يوجد طلاب بعد',
  noStudentsHint: 'يظهر الطلاب هنا فور تسجيلهم في إحدى دوراتك.',
  nobodyFound: (query) => `لم يُعثر على أحد باسم «${query}»`,
  hasChat: 'فتح المحادثة',
};
