import { Component, afterRenderEffect, computed, effect, inject, input, output, signal } from '@angular/core';
import { form, submit, validateStandardSchema } from '@angular/forms/signals';
import {
  PASSWORD_MAX_CHARACTERS,
  PASSWORD_MIN_CHARACTERS,
  passwordChangeSchema,
  type PasswordChange,
} from '@course-chat/contracts';
import { AUTH_LABELS } from '../auth.labels';
import { countdownOf } from '../countdown';
import { PasswordField } from '../password-field';
import { accountFailureText } from './account-failure-text';
import type { Undertaking } from './account.feature';
import { ACCOUNT_LABELS } from './account.labels';

/** The current password and a new one. It is empty again once the new one counts. */
@Component({
  selector: 'cc-password-form',
  imports: [PasswordField],
  styleUrl: './account-page.css',
  template: `
    <form novalidate (submit)="change($event)">
      <cc-password-field
        fieldId="present-password"
        [label]="labels.presentPassword"
        [field]="form.currentPassword"
        autocomplete="current-password"
        [error]="presentError()"
      />
      <cc-password-field
        fieldId="new-password"
        [label]="labels.newPassword"
        [field]="form.newPassword"
        autocomplete="new-password"
        [hint]="hint"
        [error]="newError()"
      />
      <div role="alert">
        @if (failureText(); as text) {
          <p class="error">{{ text }}</p>
        }
      </div>
      <div role="status">
        @if (state().status === 'done') {
          <p class="done">{{ labels.passwordChanged }}</p>
        }
      </div>
      <button class="button" type="submit" [attr.aria-disabled]="blocked()">
        {{ state().status === 'pending' ? labels.changingPassword : labels.changePassword }}
      </button>
    </form>
  `,
})
export class PasswordForm {
  protected readonly labels = inject(ACCOUNT_LABELS);
  private readonly authLabels = inject(AUTH_LABELS);

  readonly state = input.required<Undertaking>();
  readonly changed = output<PasswordChange>();

  protected readonly hint = this.authLabels.passwordHint(PASSWORD_MIN_CHARACTERS);
  protected readonly model = signal({ currentPassword: '', newPassword: '' });
  protected readonly form = form(this.model, (path) => validateStandardSchema(path, passwordChangeSchema));

  private readonly waitMs = countdownOf(computed(() => this.state().failure));
  protected readonly blocked = computed(() => this.state().status === 'pending' || this.waitMs() > 0);
  private readonly isWrong = computed(() => this.state().failure?.code === 'FORBIDDEN');
  protected readonly failureText = computed(() => {
    const { failure } = this.state();
    return failure && !this.isWrong() ? accountFailureText(failure, this.labels, this.waitMs()) : null;
  });

  protected readonly presentError = computed(() => {
    const field = this.form.currentPassword();
    if (field.touched() && field.invalid()) return this.authLabels.passwordMissing;
    return this.isWrong() ? this.labels.wrongPassword : null;
  });
  protected readonly newError = computed(() => {
    const field = this.form.newPassword();
    return field.touched() && field.invalid()
      ? this.authLabels.passwordInvalid(PASSWORD_MIN_CHARACTERS, PASSWORD_MAX_CHARACTERS)
      : null;
  });

  constructor() {
    effect(() => {
      if (this.state().status === 'done') this.form().reset({ currentPassword: '', newPassword: '' });
    });
    // Once it is described by what is wrong with it, so that a screen reader says both.
    afterRenderEffect(() => {
      if (this.isWrong()) this.form.currentPassword().focusBoundControl();
    });
  }

  protected async change(event: Event): Promise<void> {
    event.preventDefault();
    if (this.blocked()) return;
    const sent = await submit(this.form, async () => {
      this.changed.emit(passwordChangeSchema.parse(this.model()));
      return undefined;
    });
    if (!sent) this.form().errorSummary()[0]?.fieldTree().focusBoundControl();
  }
}
