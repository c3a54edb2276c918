import { ESCAPE } from '@angular/cdk/keycodes';
import { OverlayContainer } from '@angular/cdk/overlay';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { MockStore, provideMockStore } from '@ngrx/store/testing';
import { sampleStudent } from '@course-chat/contracts/testing';
import { AccountMenuActions, HAS_UNSENT, selectUser } from '@course-chat/web/auth';
import { AccountMenu } from './account-menu';

describe(AccountMenu.name, () => {
  beforeAll(() => {
    // jsdom knows the element but not its methods.
    HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
      this.open = true;
    };
    HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    };
  });

  async function open(hasUnsent: boolean) {
    TestBed.configureTestingModule({
      providers: [
        provideMockStore({ selectors: [{ selector: selectUser, value: sampleStudent }] }),
        provideRouter([]),
        { provide: HAS_UNSENT, useValue: () => hasUnsent },
      ],
    });
    const store = TestBed.inject(MockStore);
    const dispatch = jest.spyOn(store, 'dispatch');
    const fixture = TestBed.createComponent(AccountMenu);
    await fixture.whenStable();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
    const overlay = TestBed.inject(OverlayContainer).getContainerElement();
    const items = () => [...overlay.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const choose = async (name: string) => {
      items()
        .find((item) => item.textContent?.trim() === name)
        ?.click();
      await fixture.whenStable();
    };
    const element: HTMLElement = fixture.nativeElement;
    return { dispatch, items, choose, element, fixture, overlay };
  }

  it('is open as soon as it is there, with its four entries', async () => {
    const { items } = await open(false);
    expect(items().map((item) => item.textContent?.trim())).toEqual(['Language', 'Theme', 'Account', 'Log out']);
  });

  it('has the focus in its first entry, and gives it to its button when it closes', async () => {
    const { items, element } = await open(false);
    document.body.append(element);
    expect(document.activeElement).toBe(items()[0]);
    items()[0]?.dispatchEvent(new KeyboardEvent('keydown', { keyCode: ESCAPE, bubbles: true }));
    expect(items()).toEqual([]);
    expect(document.activeElement).toBe(element.querySelector('.trigger'));
  });

  it('keeps a submenu open that the pointer opened before the click', async () => {
    const { items, choose, overlay } = await open(false);
    const entry = items().find((item) => item.textContent?.trim() === 'Theme');
    const radios = () =>
      [...overlay.querySelectorAll('[role="menuitemradio"]')].map((item) => item.textContent?.trim());
    entry?.click();
    expect(radios()).toEqual(['As the system', 'Light', 'Dark']);
    await choose('Theme');
    expect(radios()).toEqual(['As the system', 'Light', 'Dark']);
  });

  it('logs out at once when nothing waits to be sent', async () => {
    const { dispatch, choose } = await open(false);
    await choose('Log out');
    expect(dispatch).toHaveBeenCalledWith(AccountMenuActions.logoutConfirmed());
  });

  it('asks first when messages wait to be sent', async () => {
    const { dispatch, choose, element, fixture } = await open(true);
    await choose('Log out');
    const dialog = element.querySelector('dialog');
    expect(dialog?.open).toBe(true);
    expect(dispatch).not.toHaveBeenCalledWith(AccountMenuActions.logoutConfirmed());
    dialog?.querySelector<HTMLElement>('.danger')?.click();
    await fixture.whenStable();
    expect(dispatch).toHaveBeenCalledWith(AccountMenuActions.logoutConfirmed());
  });

  it('stays when the person thinks better of it', async () => {
    const { dispatch, choose, element, fixture } = await open(true);
    await choose('Log out');
    element.querySelector<HTMLElement>('.stay')?.click();
    await fixture.whenStable();
    expect(element.querySelector('dialog')).toBeNull();
    expect(dispatch).not.toHaveBeenCalledWith(AccountMenuActions.logoutConfirmed());
  });
});
