import { Component } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Avatar } from './avatar';
import { ChatHeader } from './chat-header';
import { ChatList } from './chat-list';
import { ConnectionBanner } from './connection-banner';
import { CHAT_UI_LABELS, ENGLISH_LABELS } from './labels';
import { MessageBubble } from './message-bubble';
import { MessageList } from './message-list';
import type { ChatRowView, PersonView } from './models';
import { PersonPicker } from './person-picker';
import { headerView, messageView, messageViews, rowView } from './testing/views';

@Component({ template: '' })
class Nowhere {}

function element(fixture: ComponentFixture<unknown>): HTMLElement {
  return fixture.nativeElement as HTMLElement;
}

function text(fixture: ComponentFixture<unknown>): string {
  return (element(fixture).textContent ?? '').replace(/\s+/g, ' ').trim();
}

function button(fixture: ComponentFixture<unknown>, name: string): HTMLButtonElement {
  const found = [...element(fixture).querySelectorAll('button')].find(
    (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent?.trim()) === name,
  );
  if (!found) throw new Error(`No button ${name}`);
  return found;
}

async function render<T>(type: new () => T, inputs: Record<string, unknown>): Promise<ComponentFixture<T>> {
  const fixture = TestBed.createComponent(type);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  return fixture;
}

beforeEach(() => TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', component: Nowhere }])] }));

describe(MessageBubble.name, () => {
  it('shows markup as text and makes web addresses safe links', async () => {
    const fixture = await render(MessageBubble, {
      message: messageView(1, { text: '<img src=x> https://a.example/x' }),
    });
    expect(element(fixture).querySelector('img')).toBeNull();
    const link = element(fixture).querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://a.example/x');
    expect(link?.rel).toBe('noopener noreferrer nofollow');
    expect(text(fixture)).toContain('<img src=x>');
  });

  it.each([
    ['queued', 'Waiting to be sent'],
    ['stored', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
  ] as const)('names the tick of a message that is %s', async (delivery, label) => {
    const fixture = await render(MessageBubble, { message: messageView(1, { own: true, delivery }) });
    expect(element(fixture).querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe(label);
  });

  it('offers to retry or delete what was not sent, by its id', async () => {
    const fixture = await render(MessageBubble, { message: messageView(null, { own: true, delivery: 'failed' }) });
    const said: string[] = [];
    fixture.componentInstance.retry.subscribe((id) => said.push(`retry ${id}`));
    fixture.componentInstance.discard.subscribe((id) => said.push(`discard ${id}`));
    button(fixture, 'Retry').click();
    button(fixture, 'Delete').click();
    expect(text(fixture)).toContain('Not sent.');
    expect(said).toEqual(['retry mnew', 'discard mnew']);
  });

  it('offers to edit and delete only within the windows', async () => {
    const fixture = await render(MessageBubble, { message: messageView(1, { own: true, canDelete: true }) });
    expect([...element(fixture).querySelectorAll('button')].map((found) => found.getAttribute('aria-label'))).toEqual([
      'Delete',
    ]);
  });

  it('leaves a tombstone without the text', async () => {
    const fixture = await render(MessageBubble, { message: messageView(1, { deleted: true, text: '' }) });
    expect(text(fixture)).toContain('This message was deleted');
  });
});

describe(MessageList.name, () => {
  const base = { messages: messageViews(1, 5), peerName: 'Ana Ruiz', chatId: 'c1' };

  it('is a quiet log of articles with one tab stop', async () => {
    const fixture = await render(MessageList, base);
    const log = element(fixture).querySelector('[role=log]');
    expect(log?.getAttribute('aria-label')).toBe('Messages with Ana Ruiz');
    expect(log?.getAttribute('aria-live')).toBe('off');
    expect(log?.querySelectorAll('[role=article]')).toHaveLength(5);
    expect([...(log?.querySelectorAll('[tabindex="0"]') ?? [])].map((found) => found.textContent)).toEqual([
      expect.stringContaining('Message 5'),
    ]);
  });

  it('moves inside with the arrow keys', async () => {
    const fixture = await render(MessageList, base);
    const articles = [...element(fixture).querySelectorAll<HTMLElement>('[role=article]')];
    articles[4]?.focus();
    articles[4]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    await fixture.whenStable();
    expect(document.activeElement?.textContent).toContain('Message 4');
  });

  it('puts the first rows of a long chat into the DOM, not the chat', async () => {
    const fixture = await render(MessageList, { ...base, messages: messageViews(1, 5000) });
    expect(element(fixture).querySelectorAll('[role=article]').length).toBeLessThanOrEqual(80);
    expect(text(fixture)).toContain('Message 5000');
  });

  it('shows the divider with the number as it was when the chat opened', async () => {
    const fixture = await render(MessageList, { ...base, firstUnreadSeq: 4 });
    fixture.componentRef.setInput('messages', messageViews(1, 6));
    await fixture.whenStable();
    expect(element(fixture).querySelector('.divider')?.textContent).toBe('2 new messages');
  });

  it('announces what arrives, several at once in one sentence', async () => {
    const fixture = await render(MessageList, base);
    jest.useFakeTimers();
    try {
      const says = () => element(fixture).querySelector('cc-arrival-announcer [role=status]')?.textContent?.trim();
      const arrive = (last: number) => {
        fixture.componentRef.setInput('messages', messageViews(1, last));
        fixture.detectChanges();
      };
      arrive(6);
      jest.advanceTimersByTime(700);
      fixture.detectChanges();
      expect(says()).toBe('Ana Ruiz: Message 6');
      arrive(7);
      arrive(9);
      jest.advanceTimersByTime(700);
      fixture.detectChanges();
      expect(says()).toBe('3 new messages from Ana Ruiz');
    } finally {
      jest.useRealTimers();
    }
  });

  it('says where the conversation begins, and how to begin it', async () => {
    expect(text(await render(MessageList, base))).toContain('Beginning of the conversation');
    expect(text(await render(MessageList, { ...base, messages: [] }))).toContain('Say hello to Ana Ruiz.');
    expect(text(await render(MessageList, { ...base, hasOlder: true }))).not.toContain('Beginning of the conversation');
  });

  it('offers to load again what failed', async () => {
    const fixture = await render(MessageList, { ...base, messages: [], error: true });
    let asked = 0;
    fixture.componentInstance.reload.subscribe(() => asked++);
    button(fixture, 'Retry').click();
    expect(asked).toBe(1);
  });
});

describe(ConnectionBanner.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('waits two seconds, speaks, and brings good news for two', () => {
    const fixture = TestBed.createComponent(ConnectionBanner);
    const become = (connection: string, pass = 0) => {
      fixture.componentRef.setInput('connection', connection);
      fixture.detectChanges();
      jest.advanceTimersByTime(pass);
      fixture.detectChanges();
      return text(fixture);
    };
    expect(become('online')).toBe('');
    expect(become('offline', 1_900)).toBe('');
    expect(become('online', 100)).toBe('');
    expect(become('offline', 1_900)).toBe('');
    expect(become('connecting', 100)).toBe('Reconnecting…');
    expect(become('offline')).toBe("You're offline. Messages will be sent when you reconnect.");
    expect(become('online', 1_900)).toBe('Back online');
    expect(become('online', 200)).toBe('');
  });
});

describe(ChatList.name, () => {
  const rows: ChatRowView[] = [
    rowView({ unreadCount: 120 }),
    rowView({ id: 'c2', name: 'Bo', previewKind: 'draft', preview: 'Is it' }),
  ];

  it('is a navigation of links that begin with the name', async () => {
    const fixture = await render(ChatList, { rows, activeId: 'c2' });
    expect(element(fixture).querySelector('nav')?.getAttribute('aria-label')).toBe('Chats');
    const links = [...element(fixture).querySelectorAll('a')];
    for (const hidden of element(fixture).querySelectorAll('[aria-hidden=true]:not(.pill)')) hidden.remove();
    expect(links.map((link) => link.textContent?.trim().split(/[\s,]/)[0])).toEqual(['Ana', 'Bo']);
    expect(links[0]?.textContent).toContain('120 unread');
    expect(links[0]?.textContent).toContain('99+');
    expect(links[1]?.getAttribute('aria-current')).toBe('page');
    expect(links[1]?.textContent).toContain('Draft:');
  });

  it('emits the search as it is typed and offers to clear it', async () => {
    const fixture = await render(ChatList, { rows: [] });
    const searched: string[] = [];
    fixture.componentInstance.searchChanged.subscribe((query) => searched.push(query));
    const box = element(fixture).querySelector('input');
    if (!box) throw new Error('No search box');
    box.value = 'ana';
    box.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    expect(text(fixture)).toContain('Nothing found');
    button(fixture, 'Clear search').click();
    expect(searched).toEqual(['ana', '']);
  });

  it('offers a next step when there is nothing and when loading failed', async () => {
    expect(text(await render(ChatList, { rows: [] }))).toContain('No chats yet');
    const failed = await render(ChatList, { rows: [], error: true });
    expect(button(failed, 'Retry')).toBeTruthy();
    expect(text(failed)).not.toContain('No chats yet');
  });
});

describe(PersonPicker.name, () => {
  const person: PersonView = {
    id: 'p',
    name: 'Ana Ruiz',
    avatarUrl: null,
    online: true,
    courseId: 'k',
    courseTitle: 'Signals',
    chatId: null,
  };

  it('emits who was picked', async () => {
    const fixture = await render(PersonPicker, { people: [person], role: 'student' });
    const picked: PersonView[] = [];
    fixture.componentInstance.picked.subscribe((one) => picked.push(one));
    element(fixture).querySelector<HTMLButtonElement>('.person')?.click();
    expect(picked).toEqual([person]);
  });

  it('leads a student without tutors to the courses, and tells a tutor why there is nobody', async () => {
    const student = await render(PersonPicker, { people: [], role: 'student' });
    expect(element(student).querySelector('a')?.getAttribute('href')).toBe('/courses');
    const tutor = await render(PersonPicker, { people: [], role: 'tutor' });
    expect(text(tutor)).toContain('as soon as they enrol');
  });
});

describe(ChatHeader.name, () => {
  it('keeps the calls in place, findable and without effect', async () => {
    const fixture = await render(ChatHeader, { header: headerView() });
    const call = button(fixture, 'Voice call');
    expect(call.getAttribute('aria-disabled')).toBe('true');
    const tip = element(fixture).querySelector(`#${call.getAttribute('aria-describedby')}`);
    expect(tip?.textContent).toBe('Calls are not available yet');
  });

  it('links the course and puts typing in place of presence', async () => {
    const fixture = await render(ChatHeader, { header: headerView({ typing: true }) });
    expect(element(fixture).querySelector('a')?.getAttribute('href')).toBe('/courses/k');
    expect(element(fixture).querySelector('.status')?.textContent).toBe('typing…');
  });
});

it('falls back to initials when a picture does not load', async () => {
  const fixture = await render(Avatar, { name: 'Ana Ruiz', avatarUrl: '/gone.png' });
  element(fixture).querySelector('img')?.dispatchEvent(new Event('error'));
  await fixture.whenStable();
  expect(text(fixture)).toBe('AR');
});

it('speaks the words it is given', async () => {
  TestBed.overrideProvider(CHAT_UI_LABELS, { useValue: { ...ENGLISH_LABELS, newChat: 'Nuevo chat' } });
  expect(text(await render(ChatList, { rows: [] }))).toContain('Nuevo chat');
});
