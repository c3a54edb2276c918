import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { FormField, form, submit, validateStandardSchema } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import {
  NAME_MAX_CHARACTERS,
  PASSWORD_MAX_CHARACTERS,
  PASSWORD_MIN_CHARACTERS,
  registerBodySchema,
} from '@course-chat/contracts';
import { RegisterPageActions } from '../auth.actions';
import { authFeature } from '../auth.feature';
import { AUTH_LABELS } from '../auth.labels';
import { countdownOf } from '../countdown';
import { EmailField } from '../email-field';
import { failureText } from '../failure-text';
import { LanguagePicker } from '../language-picker';
import { PasswordField } from '../password-field';

type Field = 'name' | 'email' | 'password';

/** A new student's account, checked by the same schema the server checks it with. */
@Component({
  selector: 'cc-register-page',
  imports: [EmailField, FormField, LanguagePicker, PasswordField, RouterLink],
  templateUrl: './register-page.html',
  styleUrl: '../auth-card.css',
})
export class RegisterPage {
  protected readonly labels = inject(AUTH_LABELS);
  protected readonly passwordHint = this.labels.passwordHint(PASSWORD_MIN_CHARACTERS);
  private readonly store = inject(Store);

  protected readonly pending = this.store.selectSignal(authFeature.selectPending);
  private readonly failure = this.store.selectSignal(authFeature.selectFailure);
  private readonly waitMs = countdownOf(this.failure);
  protected readonly blocked = computed(() => this.pending() || this.waitMs() > 0);

  protected readonly model = signal({ name: '', email: '', password: '' });
  protected readonly form = form(this.model, (path) => validateStandardSchema(path, registerBodySchema));
  /** The email the server said is taken: the error stands until another one is typed. */
  private readonly takenEmail = signal<string | null>(null);

  protected readonly nameError = computed(() => this.wrong('name') && this.labels.nameInvalid(NAME_MAX_CHARACTERS));
  protected readonly emailError = computed(() => {
    if (this.wrong('email')) return this.labels.emailInvalid;
    return this.takenEmail() !== null && this.takenEmail() === this.model().email ? this.labels.emailTaken : null;
  });
  protected readonly passwordError = computed(
    () => this.wrong('password') && this.labels.passwordInvalid(PASSWORD_MIN_CHARACTERS, PASSWORD_MAX_CHARACTERS),
  );
  protected readonly failureText = computed(() => {
    const failure = this.failure();
    return failure && failure.code !== 'CONFLICT' ? failureText(failure, this.labels, this.waitMs()) : null;
  });

  constructor() {
    this.store.dispatch(RegisterPageActions.opened());
    effect(() => {
      if (this.failure()?.code !== 'CONFLICT') return;
      // Once for each answer: what is typed afterwards is another email.
      untracked(() => {
        this.takenEmail.set(this.model().email);
        this.form.email().focusBoundControl();
      });
    });
  }

  protected async register(event: Event): Promise<void> {
    event.preventDefault();
    if (this.blocked()) return;
    const sent = await submit(this.form, async () => {
      this.store.dispatch(RegisterPageActions.submitted({ body: registerBodySchema.parse(this.model()) }));
      return undefined;
    });
    if (!sent) this.form().errorSummary()[0]?.fieldTree().focusBoundControl();
  }

  private wrong(name: Field): true | null {
    const field = this.form[name]();
    const refused = this.failure()?.fields.some(({ path }) => path === name) ?? false;
    return (field.touched() && field.invalid()) || refused ? true : null;
  }
}
