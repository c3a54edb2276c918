import {
  Component,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { form, submit, validateStandardSchema } from '@angular/forms/signals';
import { givenPasswordSchema } from '@course-chat/contracts';
import * as z from 'zod/mini';
import { AUTH_LABELS } from '../auth.labels';
import { countdownOf } from '../countdown';
import { PasswordField } from '../password-field';
import { accountFailureText } from './account-failure-text';
import type { Undertaking } from './account.feature';
import { ACCOUNT_LABELS } from './account.labels';

const schema = z.object({ password: givenPasswordSchema });

/** Asks before an account is deleted, for the password where there is one. */
@Component({
  selector: 'cc-erase-dialog',
  imports: [PasswordField],
  styleUrls: ['./account-page.css', './erase-dialog.css'],
  template: `
    <dialog
      #dialog
      role="alertdialog"
      aria-labelledby="erase-title"
      aria-describedby="erase-text"
      (close)="stayed.emit()"
    >
      <h2 id="erase-title">{{ labels.eraseTitle }}</h2>
      <p id="erase-text">{{ labels.eraseWarning }}</p>
      <form novalidate (submit)="erase($event)">
        @if (hasPassword()) {
          <cc-password-field
            fieldId="erase-password"
            [label]="labels.presentPassword"
            [field]="form.password"
            autocomplete="current-password"
            [error]="error()"
          />
        }
        <div role="alert">
          @if (failureText(); as text) {
            <p class="error">{{ text }}</p>
          }
        </div>
        <div class="choices">
          <button class="button danger" type="submit" [attr.aria-disabled]="blocked()">
            {{ state().status === 'pending' ? labels.erasing : labels.eraseNow }}
          </button>
          <button class="button" type="button" (click)="dialog.close()">{{ labels.keep }}</button>
        </div>
      </form>
    </dialog>
  `,
})
export class EraseDialog {
  protected readonly labels = inject(ACCOUNT_LABELS);
  private readonly authLabels = inject(AUTH_LABELS);

  readonly hasPassword = input.required<boolean>();
  readonly state = input.required<Undertaking>();
  readonly stayed = output();
  readonly confirmed = output<string | null>();

  protected readonly model = signal({ password: '' });
  protected readonly form = form(this.model, (path) => validateStandardSchema(path, schema));
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  private readonly waitMs = countdownOf(computed(() => this.state().failure));
  protected readonly blocked = computed(() => this.state().status === 'pending' || this.waitMs() > 0);
  protected readonly failureText = computed(() => {
    const { failure } = this.state();
    return failure && accountFailureText(failure, this.labels, this.waitMs());
  });
  protected readonly error = computed(() => {
    const field = this.form.password();
    return field.touched() && field.invalid() ? this.authLabels.passwordMissing : null;
  });

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }

  protected async erase(event: Event): Promise<void> {
    event.preventDefault();
    if (this.blocked()) return;
    if (!this.hasPassword()) return this.confirmed.emit(null);
    const sent = await submit(this.form, async () => {
      this.confirmed.emit(this.model().password);
      return undefined;
    });
    if (!sent) this.form().errorSummary()[0]?.fieldTree().focusBoundControl();
  }
}
