import { Component, afterNextRender, computed, inject, signal, viewChild, type ElementRef } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { form, submit, validateStandardSchema } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { catchError, of } from 'rxjs';
import { loginBodySchema, type DemoLogins } from '@course-chat/contracts';
import { AuthApi } from '../auth-api';
import { LoginPageActions } from '../auth.actions';
import { authFeature } from '../auth.feature';
import { AUTH_LABELS } from '../auth.labels';
import { countdownOf } from '../countdown';
import { DemoAccounts } from '../demo-accounts';
import { EmailField } from '../email-field';
import { failureText } from '../failure-text';
import { LanguagePicker } from '../language-picker';
import { PasswordField } from '../password-field';

/** Email and password. Where the demo runs, its accounts fill both in with one click. */
@Component({
  selector: 'cc-login-page',
  imports: [DemoAccounts, EmailField, LanguagePicker, PasswordField, RouterLink],
  templateUrl: './login-page.html',
  styleUrl: '../auth-card.css',
})
export class LoginPage {
  protected readonly labels = inject(AUTH_LABELS);
  private readonly store = inject(Store);

  protected readonly pending = this.store.selectSignal(authFeature.selectPending);
  protected readonly failure = this.store.selectSignal(authFeature.selectFailure);
  private readonly waitMs = countdownOf(this.failure);
  protected readonly blocked = computed(() => this.pending() || this.waitMs() > 0);
  protected readonly failureText = computed(() => {
    const failure = this.failure();
    return failure && failureText(failure, this.labels, this.waitMs());
  });

  private readonly endedBy = this.store.selectSignal(authFeature.selectEndedBy);
  // A status speaks of what comes into it, not of what it comes with.
  private readonly rendered = signal(false);
  protected readonly endedText = computed(() => {
    const reason = this.rendered() && this.endedBy();
    return reason ? this.labels.ended[reason] : null;
  });

  // Where there is no demo the route answers 404, and nothing is offered.
  protected readonly demo = toSignal(
    inject(AuthApi)
      .demo()
      .pipe(catchError(() => of(null))),
    { initialValue: null },
  );

  protected readonly model = signal({ email: '', password: '' });
  protected readonly form = form(this.model, (path) => validateStandardSchema(path, loginBodySchema));
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');

  constructor() {
    this.store.dispatch(LoginPageActions.opened());
    afterNextRender(() => this.rendered.set(true));
  }

  protected readonly emailError = computed(() => {
    const field = this.form.email();
    return field.touched() && field.invalid() ? this.labels.emailInvalid : null;
  });
  protected readonly passwordError = computed(() => {
    const field = this.form.password();
    return field.touched() && field.invalid() ? this.labels.passwordMissing : null;
  });

  protected fill({ email }: DemoLogins['accounts'][number], password: string): void {
    this.model.set({ email, password });
    this.button().nativeElement.focus();
  }

  protected async logIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.blocked()) return;
    const sent = await submit(this.form, async () => {
      this.store.dispatch(LoginPageActions.submitted({ body: loginBodySchema.parse(this.model()) }));
      return undefined;
    });
    if (!sent) this.form().errorSummary()[0]?.fieldTree().focusBoundControl();
  }
}
