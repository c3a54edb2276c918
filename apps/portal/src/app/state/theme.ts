import { DOCUMENT, Service, inject, signal } from '@angular/core';

/** What a person chose; `system` follows the preference of their device. */
export type ThemeChoice = 'system' | 'light' | 'dark';
export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

// The same key is read by the script of index.html before anything is painted.
const KEY = 'course-chat.theme';

/** Light or dark, by choice or by the system's preference. Kept in this browser. */
@Service()
export class Theme {
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly chosen = signal<ThemeChoice>(toChoice(this.root.dataset['chatTheme']));
  readonly choice = this.chosen.asReadonly();

  choose(choice: ThemeChoice): void {
    this.chosen.set(choice);
    if (choice === 'system') delete this.root.dataset['chatTheme'];
    else this.root.dataset['chatTheme'] = choice;
    try {
      if (choice === 'system') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }
}

function toChoice(value: string | undefined): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system';
}
