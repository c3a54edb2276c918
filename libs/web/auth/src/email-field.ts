import { Component, inject, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';
import { AUTH_LABELS } from './auth.labels';

/** The email somebody is known by: what password managers take for the name of the account. */
@Component({
  selector: 'cc-email-field',
  imports: [FormField],
  styleUrl: './auth-card.css',
  styles: ':host { display: contents; }',
  template: `
    <div class="field">
      <label for="email">{{ labels.email }}</label>
      <input
        id="email"
        type="email"
        inputmode="email"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        dir="ltr"
        [formField]="field()"
        [attr.aria-invalid]="error() ? 'true' : null"
        [attr.aria-describedby]="error() ? 'email-error' : null"
      />
      @if (error(); as text) {
        <p class="error" id="email-error">{{ text }}</p>
      }
    </div>
  `,
})
export class EmailField {
  protected readonly labels = inject(AUTH_LABELS);

  readonly field = input.required<FieldTree<string>>();
  readonly error = input<string | null>(null);
}
