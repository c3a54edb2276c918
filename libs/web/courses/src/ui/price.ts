import { Pipe, inject, InjectionToken, type PipeTransform } from '@angular/core';
import { pageLocale } from '@course-chat/web/language';
import { COURSES_LABELS } from '../courses.labels';

/** ISO 4217 code of the currency prices are given in. */
export const COURSE_CURRENCY = new InjectionToken<string>('COURSE_CURRENCY', {
  providedIn: 'root',
  factory: () => 'EUR',
});

/** A price in cents as people of the page's language write it. */
export function formatPrice(cents: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale || undefined, {
    style: 'currency',
    currency,
    // Whole prices go without their ".00".
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
  }).format(cents / 100);
}

@Pipe({ name: 'ccPrice' })
export class Price implements PipeTransform {
  private readonly currency = inject(COURSE_CURRENCY);
  private readonly labels = inject(COURSES_LABELS);

  transform(cents: number): string {
    return cents === 0 ? this.labels.free : formatPrice(cents, this.currency, pageLocale());
  }
}
