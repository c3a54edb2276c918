export { counting, type Counting, type Forms } from './counting';
export { LANGUAGE_CHOICE, type Language, type LanguageChoice } from './language-choice';
export { listed, loadFormats, pageLocale, shortCount, waitingText } from './page-language';
