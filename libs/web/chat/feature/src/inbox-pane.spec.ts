import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import {
  ChatApiActions,
  chatsFeature,
  ChatPageActions,
  ChatSessionActions,
  ChatSocketActions,
  messagesFeature,
  typingFeature,
} from '@course-chat/web/chat/state';
import { sampleChat, sampleStudent } from '@course-chat/contracts/testing';
import { presenceFeature } from '@course-chat/web/presence';
import { connectionFeature } from '@course-chat/web/realtime';
import { provideState, provideStore, Store } from '@ngrx/store';
import { InboxPane } from './inbox-pane';
import { RemovalInSight } from './pending-removal';

describe(InboxPane.name, () => {
  let store: Store;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideStore(),
        ...[chatsFeature, messagesFeature, typingFeature].map((feature) => provideState(feature.name, feature.reducer)),
        provideState(presenceFeature),
        provideState(connectionFeature),
      ],
    });
    store = TestBed.inject(Store);
    store.dispatch(ChatSessionActions.started({ user: sampleStudent, drafts: {} }));
  });

  it('takes its search along when it goes: the box is empty when one comes back', async () => {
    const search = store.selectSignal(chatsFeature.selectSearch);
    const fixture = TestBed.createComponent(InboxPane);
    fixture.componentRef.setInput('side', 'student');
    await fixture.whenStable();
    store.dispatch(ChatPageActions.searchChanged({ q: 'ana' }));
    expect(search()?.q).toBe('ana');
    fixture.destroy();
    expect(search()).toBeNull();
  });

  it.each([
    ['tutor', ['Unanswered'], 'waiting'],
    ['student', [], undefined],
  ] as const)('begins as the address says, for a %s', async (side, pressed, sort) => {
    await TestBed.inject(Router).navigateByUrl('/?filter=unanswered&sort=waiting');
    const page = { items: [sampleChat], nextCursor: null, unreadTotal: 0 };
    store.dispatch(ChatApiActions.chatsLoaded({ page, first: true, askedAt: 1 }));
    const fixture = TestBed.createComponent(InboxPane);
    fixture.componentRef.setInput('side', side);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const chosen = [...element.querySelectorAll('[aria-pressed="true"]')].map(({ textContent }) => textContent?.trim());
    expect(chosen).toEqual(pressed);
    expect([...element.querySelectorAll('select')].map(({ value }) => value).at(-1)).toBe(sort);
  });

  it('says that a search failed, not that the chats are not there', async () => {
    const fixture = TestBed.createComponent(InboxPane);
    fixture.componentRef.setInput('side', 'student');
    store.dispatch(ChatPageActions.searchChanged({ q: 'ana' }));
    store.dispatch(ChatApiActions.searchFailed({ q: 'ana', code: 'UNAVAILABLE' }));
    await fixture.whenStable();
    const said = () => (fixture.nativeElement as HTMLElement).querySelector('[role="alert"]')?.textContent;
    expect(said()).toContain('could be searched');
    store.dispatch(ChatApiActions.chatsFailed({ first: true, code: 'UNAVAILABLE' }));
    await fixture.whenStable();
    expect(said()).toContain('could not be loaded');
  });

  it('shows no text of a message whose deletion can still be taken back', async () => {
    const page = { items: [sampleChat], nextCursor: null, unreadTotal: 0 };
    store.dispatch(ChatApiActions.chatsLoaded({ page, first: true, askedAt: 1 }));
    const fixture = TestBed.createComponent(InboxPane);
    fixture.componentRef.setInput('side', 'student');
    const { current } = TestBed.inject(RemovalInSight);
    const row = async () => {
      await fixture.whenStable();
      return (fixture.nativeElement as HTMLElement).querySelector('cc-chat-row')?.textContent;
    };
    expect(await row()).toContain(sampleChat.lastMessage?.preview);
    current.set({ chatId: sampleChat.id, seq: sampleChat.lastSeq, clientMessageId: 'a' });
    expect(await row()).not.toContain(sampleChat.lastMessage?.preview);
    current.set(null);
    expect(await row()).toContain(sampleChat.lastMessage?.preview);
  });

  it('keeps the chat that one reads in the list of unread ones until one leaves it', async () => {
    const chat = { ...sampleChat, unreadCount: 1, lastSeq: 1, me: { readSeq: 0, deliveredSeq: 0 } };
    store.dispatch(
      ChatApiActions.chatsLoaded({
        page: { items: [chat], nextCursor: null, unreadTotal: 1 },
        first: true,
        askedAt: 1,
      }),
    );
    const fixture = TestBed.createComponent(InboxPane);
    const host = fixture.nativeElement as HTMLElement;
    const rows = () => host.querySelectorAll('cc-chat-row').length;
    const show = async (activeId: string | null) => {
      fixture.componentRef.setInput('activeId', activeId);
      await fixture.whenStable();
    };
    fixture.componentRef.setInput('side', 'tutor');
    await show(null);
    [...host.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === 'Unread')?.click();
    await show(chat.id);
    expect(rows()).toBe(1);
    store.dispatch(
      ChatSocketActions.readStateChanged({
        state: { chatId: chat.id, readSeq: 1, deliveredSeq: 1, unreadCount: 0 },
      }),
    );
    await fixture.whenStable();
    expect(rows()).toBe(1);
    await show(null);
    expect(rows()).toBe(0);
  });
});
