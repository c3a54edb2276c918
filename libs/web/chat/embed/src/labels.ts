import type { CourseChatLabels } from './options';

/** Every word in another language, loaded when it is asked for. The page's `lang` and `dir` are the application's to set. */
export async function courseChatLabels(language: 'es' | 'ar'): Promise<CourseChatLabels> {
  return (await (language === 'ar' ? import('./labels.ar') : import('./labels.es'))).labels;
}
