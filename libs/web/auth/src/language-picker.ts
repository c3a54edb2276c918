import { Component, inject } from '@angular/core';
import { LANGUAGE_CHOICE, pageLocale } from '@course-chat/web/language';
import { AUTH_LABELS } from './auth.labels';

/** The languages there are, each by its own name, for whoever cannot read this one. */
@Component({
  selector: 'cc-language-picker',
  template: `
    @if (choice; as choice) {
      <ul [attr.aria-label]="labels.language">
        @for (language of choice.offered; track language.tag) {
          <li>
            <button
              type="button"
              [attr.lang]="language.tag"
              [attr.aria-current]="language.tag === current ? 'true' : null"
              (click)="choice.choose(language.tag)"
            >
              {{ language.name }}
            </button>
          </li>
        }
      </ul>
    }
  `,
  styles: `
    ul {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 4px;
      margin: 16px 0 0;
      padding: 0;
      list-style: none;
    }
    button {
      min-block-size: 44px;
      padding-inline: 14px;
      border: 0;
      border-radius: 22px;
      background: none;
      color: var(--chat-brand);
      font: inherit;
      cursor: pointer;
    }
    button:hover {
      background: var(--chat-brand-soft);
    }
    button[aria-current] {
      color: var(--chat-text);
      font-weight: 600;
    }
  `,
})
export class LanguagePicker {
  protected readonly labels = inject(AUTH_LABELS);
  protected readonly choice = inject(LANGUAGE_CHOICE);
  protected readonly current = pageLocale();
}
