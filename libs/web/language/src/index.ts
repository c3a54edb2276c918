export { counting, type Counting, type Forms } from './counting';
export { LANGUAGE_CHOICE, type Language, type LanguageChoice } from './language-choice';
export { loadFormats, pageLocale, shortCount } from './page-language';
