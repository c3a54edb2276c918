import { counting } from '@course-chat/web/language';

const { plural } = counting('es');

/** How long to wait, in words. */
export function duration(seconds: number): string {
  return seconds < 60
    ? plural(seconds, { one: '# segundo', other: '# segundos' })
    : plural(Math.ceil(seconds / 60), { one: '# minuto', other: '# minutos' });
}
