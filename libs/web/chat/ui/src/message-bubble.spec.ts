import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { MessageBubble } from './message-bubble';
import type { MessageView } from './models';
import { messageView } from './testing/views';

describe(MessageBubble.name, () => {
  let fixture: ComponentFixture<MessageBubble>;
  const host = () => fixture.nativeElement as HTMLElement;
  const content = () => host().querySelector('.content')?.textContent;
  const button = (name: string) => host().querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`);
  const render = async (message: MessageView) => {
    fixture = TestBed.createComponent(MessageBubble);
    fixture.componentRef.setInput('message', message);
    await fixture.whenStable();
  };
  const point = (type: string, init: Record<string, unknown>) => {
    // jsdom has no pointer events; the fields are what counts.
    host().dispatchEvent(Object.assign(new Event(type, { bubbles: true }), init));
  };

  it.each(['  two  blanks\n\nand lines', 'see (https://a.example/x), then <b>go</b>', '\u202Eabc'])(
    'shows %j as it was written, to the blank',
    async (text) => {
      await render(messageView(1, { text }));
      expect(content()).toBe(text);
    },
  );

  it('says so when it is of a kind this page does not know', async () => {
    await render(messageView(1, { type: 'hologram' as 'text' }));
    expect(content()).toBe('Reload the page to see this message');
  });

  it('leads into its actions with Enter and back with Escape', async () => {
    await render(messageView(1, { own: true, canEdit: true }));
    host().focus();
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    press('Enter');
    expect(document.activeElement).toBe(button('Edit'));
    press('Escape');
    expect(document.activeElement).toBe(host());
  });

  it('is one tab stop: what it offers is in the tab order once somebody is inside', async () => {
    await render(messageView(1, { own: true, canDelete: true, text: 'see https://a.example' }));
    const order = () => [...host().querySelectorAll<HTMLElement>('a, button')].map(({ tabIndex }) => tabIndex);
    expect(new Set(order())).toEqual(new Set([-1]));
    host().focus();
    await fixture.whenStable();
    expect(new Set(order())).toEqual(new Set([0]));
  });

  it('keeps the focus when what was pressed is about to go', async () => {
    await render(messageView(1, { own: true, canDelete: true }));
    button('Delete')?.focus();
    button('Delete')?.click();
    expect(document.activeElement).toBe(host());
  });

  describe('under a finger', () => {
    beforeEach(async () => {
      await render(messageView(1));
      jest.useFakeTimers();
    });
    afterEach(() => jest.useRealTimers());
    const down = { pointerType: 'touch', isPrimary: true, clientX: 10, clientY: 10 };

    it('shows what can be done after a long press', () => {
      point('pointerdown', down);
      jest.advanceTimersByTime(500);
      expect(document.activeElement).toBe(host());
    });

    it.each([
      ['the finger moves on', 'pointermove', { clientX: 10, clientY: 40 }],
      ['the browser scrolls', 'pointercancel', {}],
      ['it was a tap', 'pointerup', {}],
    ])('does not when %s', (_, type, init) => {
      (document.activeElement as HTMLElement | null)?.blur();
      point('pointerdown', down);
      point(type, init);
      jest.advanceTimersByTime(500);
      expect(document.activeElement).not.toBe(host());
    });
  });
});
