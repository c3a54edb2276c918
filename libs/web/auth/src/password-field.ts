import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';
import { AUTH_LABELS } from './auth.labels';

/** A password that can be shown while typing. `autocomplete` tells password managers which one it is. */
@Component({
  selector: 'cc-password-field',
  imports: [FormField],
  styleUrl: './auth-card.css',
  styles: ':host { display: grid; gap: 6px; min-block-size: 0; padding: 0; justify-items: stretch; }',
  template: `
    <label [attr.for]="fieldId()">{{ label() ?? labels.password }}</label>
    <div class="password">
      <input
        [id]="fieldId()"
        [type]="shown() ? 'text' : 'password'"
        [formField]="field()"
        [attr.autocomplete]="autocomplete()"
        autocapitalize="none"
        spellcheck="false"
        [attr.aria-invalid]="error() ? 'true' : null"
        [attr.aria-describedby]="describedBy()"
      />
      <button type="button" class="reveal" [attr.aria-label]="toggleLabel()" (click)="shown.set(!shown())">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path
            d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z"
          />
          @if (shown()) {
            <path d="M4 20 20 4" />
          }
        </svg>
      </button>
    </div>
    @if (error(); as text) {
      <p class="error" [id]="fieldId() + '-error'">{{ text }}</p>
    } @else if (hint(); as text) {
      <p class="hint" [id]="fieldId() + '-hint'">{{ text }}</p>
    }
  `,
})
export class PasswordField {
  protected readonly labels = inject(AUTH_LABELS);

  readonly field = input.required<FieldTree<string>>();
  readonly autocomplete = input.required<'current-password' | 'new-password'>();
  /** Its id in the page, where there is more than one. */
  readonly fieldId = input('password');
  /** What stands above it instead of "Password". */
  readonly label = input<string | null>(null);
  readonly error = input<string | null>(null);
  readonly hint = input<string | null>(null);

  protected readonly shown = signal(false);
  protected readonly toggleLabel = computed(() => (this.shown() ? this.labels.hidePassword : this.labels.showPassword));
  protected readonly describedBy = computed(() =>
    this.error() ? `${this.fieldId()}-error` : this.hint() ? `${this.fieldId()}-hint` : null,
  );
}
