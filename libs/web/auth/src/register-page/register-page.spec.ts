import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { MockStore, provideMockStore } from '@ngrx/store/testing';
import { authFeature, initialAuthState } from '../auth.feature';
import { AUTH_LABELS } from '../auth.labels';
import { RegisterPage } from './register-page';

describe(RegisterPage.name, () => {
  async function show() {
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideMockStore({ initialState: { [authFeature.name]: initialAuthState } })],
    });
    const store = TestBed.inject(MockStore);
    const fixture = TestBed.createComponent(RegisterPage);
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    document.body.append(element);
    const field = (id: string) => {
      const input = element.querySelector<HTMLInputElement>(`#${id}`);
      if (!input) throw new Error(`There is no field ${id}`);
      return input;
    };
    const type = async (id: string, value: string) => {
      field(id).focus();
      field(id).value = value;
      field(id).dispatchEvent(new Event('input', { bubbles: true }));
      await fixture.whenStable();
    };
    const refuse = async () => {
      const failure = { code: 'CONFLICT' as const, fields: [], retryAfterMs: null };
      store.setState({ [authFeature.name]: { ...initialAuthState, failure } });
      await fixture.whenStable();
    };
    return { element, field, type, refuse, emailError: () => element.querySelector('#email-error')?.textContent };
  }

  it('says of a taken email that it is taken, and leads to it', async () => {
    const { field, type, refuse, emailError } = await show();
    await type('email', 'lena@example.com');
    field('name').focus();
    await refuse();
    expect(emailError()).toBe(TestBed.inject(AUTH_LABELS).emailTaken);
    expect(document.activeElement).toBe(field('email'));
  });

  it('says it of no other email, and leaves the focus where people type', async () => {
    const { field, type, refuse, emailError } = await show();
    await type('email', 'lena@example.com');
    await refuse();
    await type('email', 'lena.more@example.com');
    expect(emailError()).toBeUndefined();
    await type('name', 'Lena');
    expect(document.activeElement).toBe(field('name'));
    await type('email', 'lena@example.com');
    expect(emailError()).toBeDefined();
  });
});
