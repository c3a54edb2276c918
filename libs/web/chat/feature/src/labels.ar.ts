import { counting } from '@course-chat/web/language';
import type { CommandErrorCode } from '@course-chat/web/realtime';
import type { ChatFeatureLabels } from './labels';

export { CHAT_FEATURE_LABELS } from './labels';

const { plural } = counting<Intl.LDMLPluralRule>('ar');

function reason(code: CommandErrorCode): string {
  switch (code) {
    case 'DISCONNECTED':
    case 'TIMEOUT':
      return 'لا يوجد اتصال الآن. أعد المحاولة عند عودته.';
    case 'RATE_LIMITED':
      return 'كان ذلك كثيرًا دفعة واحدة. انتظر لحظة ثم أعد المحاولة.';
    case 'READ_ONLY':
      return 'هذه المحادثة للقراءة فقط.';
    default:
      return 'أعد المحاولة بعد لحظة.';
  }
}

/** The words of the chat pages in Arabic. */
export const ARABIC_FEATURE_LABELS: ChatFeatureLabels = {
  filterAll: 'الكل',
  filterUnread: 'غير المقروءة',
  filterUnanswered: 'بلا رد',
  deletedAccount: 'حساب محذوف',
  newChat: 'محادثة جديدة',
  close: 'إغلاق',
  opening: 'جارٍ فتح المحادثة…',
  openingDialog: 'لحظة…',
  dialogFailed: 'تعذّر التحميل. تحقّق من الاتصال وحاول مرة أخرى.',
  pickChat: 'اختر محادثة لقراءتها هنا',
  pickChatHint: 'تبقى محادثاتك هنا على جميع أجهزتك.',
  startChat: 'مراسلة شخص ما',
  chatMissing: 'هذه المحادثة غير موجودة هنا',
  chatMissingHint: 'قد يكون الرابط خاطئًا، أو أن المحادثة تخص حسابًا آخر.',
  chatUnavailable: 'تعذّر فتح هذه المحادثة',
  chatUnavailableHint: 'قد يكون الاتصال منقطعًا.',
  backToChats: 'العودة إلى المحادثات',
  tryAgain: 'إعادة المحاولة',
  readOnlyForStudent: 'يمكنك قراءة هذه المحادثة دون الكتابة فيها: لم تعد الدورة أو مدرّسها متاحًا لك.',
  readOnlyForTutor: 'يمكنك قراءة هذه المحادثة دون الكتابة فيها: غادر الطالب الدورة، أو لم تعد أنت تدرّسها.',
  editRefused: (code) =>
    code === 'TOO_LATE'
      ? 'فات أوان تعديل هذه الرسالة. تجد نصّك في الأسفل.'
      : `لم يُحفظ التعديل، وتجد نصّك في الأسفل. ${reason(code)}`,
  editOfDeleted: 'حُذفت هذه الرسالة. تجد نصّك في الأسفل.',
  deleteRefused: (code) => (code === 'TOO_LATE' ? 'فات أوان حذف هذه الرسالة.' : `لم تُحذف الرسالة. ${reason(code)}`),
  notSentReason: reason,
  chatNotCreated: (code) =>
    code === 'NOT_ENROLLED' ? 'هذه المحادثة مخصّصة للمسجّلين في الدورة.' : `تعذّر فتح المحادثة. ${reason(code)}`,
  dismiss: 'تجاهل',
  messageDeleted: 'حُذفت الرسالة',
  tryAgainIn: (seconds) =>
    plural(seconds, {
      zero: 'يمكنك إعادة المحاولة الآن.',
      one: 'يمكنك إعادة المحاولة بعد ثانية واحدة.',
      two: 'يمكنك إعادة المحاولة بعد ثانيتين.',
      few: 'يمكنك إعادة المحاولة بعد # ثوانٍ.',
      many: 'يمكنك إعادة المحاولة بعد # ثانية.',
      other: 'يمكنك إعادة المحاولة بعد # ثانية.',
    }),
  nothingUnread: 'قرأت كل شيء',
  nothingUnanswered: 'لا أحد ينتظر ردًا',
  amongNewest: (count) =>
    plural(count, {
      zero: 'ضمن أحدث محادثاتك',
      one: 'ضمن أحدث محادثاتك',
      two: 'ضمن أحدث محادثتين لك',
      few: 'ضمن أحدث # محادثات لك',
      many: 'ضمن أحدث # محادثة لك',
      other: 'ضمن أحدث # محادثة لك',
    }),
  searchFailed: 'تعذّر البحث في كل محادثاتك.',
  shortcutsTitle: 'اختصارات لوحة المفاتيح',
  shortcuts: [
    { keys: ['Ctrl', 'K'], does: 'البحث عن محادثة' },
    { keys: ['Alt', '↑'], does: 'المحادثة السابقة' },
    { keys: ['Alt', '↓'], does: 'المحادثة التالية' },
    { keys: ['Enter'], does: 'إرسال الرسالة' },
    { keys: ['Shift', 'Enter'], does: 'بدء سطر جديد' },
    { keys: ['↑'], does: 'تعديل رسالتك الأخيرة، من حقل فارغ' },
    { keys: ['Esc'], does: 'إلغاء التعديل' },
    { keys: ['↑', '↓'], does: 'التنقل بين الرسائل' },
    { keys: ['Home', 'End'], does: 'أول رسالة وآخر رسالة' },
    { keys: ['Ctrl', '/'], does: 'إظهار هذه القائمة' },
  ],
};
