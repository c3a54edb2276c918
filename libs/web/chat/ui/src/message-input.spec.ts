import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { MessageInput } from './message-input';

describe(MessageInput.name, () => {
  let fixture: ComponentFixture<MessageInput>;
  let said: unknown[][];

  const box = () => (fixture.nativeElement as HTMLElement).querySelector('textarea') ?? fail();
  const fail = (): never => {
    throw new Error('There is no input');
  };
  const set = async (inputs: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  };
  const type = async (text: string) => {
    box().value = text;
    box().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const press = async (key: string, more: KeyboardEventInit = {}) => {
    box().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    await fixture.whenStable();
  };
  const heard = (name: string) => said.filter(([event]) => event === name).map(([, value]) => value);

  beforeEach(async () => {
    fixture = TestBed.createComponent(MessageInput);
    said = [];
    const input = fixture.componentInstance;
    input.send.subscribe((value) => said.push(['send', value]));
    input.draftChanged.subscribe((value) => said.push(['draft', value]));
    input.typing.subscribe(() => said.push(['typing', true]));
    input.stoppedTyping.subscribe(() => said.push(['stopped', true]));
    input.editSubmitted.subscribe((value) => said.push(['edited', value]));
    input.editLastRequested.subscribe(() => said.push(['editLast', true]));
    await set({ peerName: 'Ana', chatId: 'c1' });
  });

  it('follows the direction of what is typed, and of the page while nothing is: so its hint stands where one starts', async () => {
    expect(box().getAttribute('dir')).toBeNull();
    await type('متى');
    expect(box().getAttribute('dir')).toBe('auto');
    await type('');
    expect(box().getAttribute('dir')).toBeNull();
  });

  it('sends trimmed text with Enter, empties itself and ends typing', async () => {
    await type('  hello ');
    await press('Enter');
    expect(heard('send')).toEqual(['hello']);
    expect(heard('draft')).toEqual(['  hello ', '']);
    expect(heard('stopped')).toHaveLength(1);
    expect(box().value).toBe('');
  });

  it.each([
    ['Shift is held', { shiftKey: true }],
    ['an input method composes', { isComposing: true }],
    ['an input method composes, as Safari says it', { keyCode: 229 }],
  ])('does not send while %s', async (_, more) => {
    await type('hello');
    await press('Enter', more);
    expect(heard('send')).toEqual([]);
    expect(box().value).toBe('hello');
  });

  it.each([
    ['x'.repeat(4001), 'at most 4,000'],
    ['a\u0007b', 'control characters'],
  ])('refuses what cannot be stored and keeps it', async (text, why) => {
    await type(text);
    await press('Enter');
    expect(heard('send')).toEqual([]);
    expect(box().value).toBe(text);
    expect((fixture.nativeElement as HTMLElement).querySelector('[role=alert]')?.textContent).toContain(why);
  });

  it('counts characters as people do, from 3,600 on', async () => {
    const counter = () => (fixture.nativeElement as HTMLElement).querySelector('.counter')?.textContent ?? null;
    await type('😀'.repeat(3599));
    expect(counter()).toBeNull();
    await type('😀'.repeat(3600));
    expect(counter()).toBe('3,600 of 4,000 characters');
  });

  it('does not let the echo of a draft overwrite what is being typed, and takes over a draft with a new chat', async () => {
    await type('hello w');
    await set({ initialDraft: 'hello' });
    expect(box().value).toBe('hello w');
    await set({ chatId: 'c2', initialDraft: 'to Bo' });
    expect(box().value).toBe('to Bo');
  });

  it('takes a draft that loads late as long as nothing was typed', async () => {
    await set({ initialDraft: 'from yesterday' });
    expect(box().value).toBe('from yesterday');
  });

  it('edits and gives the draft back', async () => {
    await type('half a thought');
    await set({ editing: { clientMessageId: 'm1', text: 'old' } });
    expect(box().value).toBe('old');
    await type('new');
    await press('Enter');
    expect(heard('edited')).toEqual([{ clientMessageId: 'm1', text: 'new' }]);
    await set({ editing: null });
    expect(box().value).toBe('half a thought');
    expect(heard('draft')).toEqual(['half a thought']);
  });

  it('asks for the last message with Arrow up, only when empty', async () => {
    await press('ArrowUp');
    await type('x');
    await press('ArrowUp');
    expect(heard('editLast')).toHaveLength(1);
  });

  it('says why nothing can be written', async () => {
    await set({ disabledReason: 'You left this course.' });
    expect((fixture.nativeElement as HTMLElement).textContent).toContain('You left this course.');
    expect((fixture.nativeElement as HTMLElement).querySelector('textarea')).toBeNull();
  });
});
