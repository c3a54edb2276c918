import { counting } from '@course-chat/web/language';

const { plural } = counting<Intl.LDMLPluralRule>('ar');

/** How long to wait, in words. */
export function duration(seconds: number): string {
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
