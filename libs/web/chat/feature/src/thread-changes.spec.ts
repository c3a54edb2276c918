import { Injector, runInInjectionContext, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { AccountMenuActions } from '@course-chat/web/auth';
import { ChatPageActions, ChatSessionActions, ChatSocketActions, chatsFeature } from '@course-chat/web/chat/state';
import type { MessageView } from '@course-chat/web/chat/ui';
import { sampleStudent } from '@course-chat/contracts/testing';
import { provideState, provideStore, Store, type Action } from '@ngrx/store';
import { ThreadChanges } from './thread-changes';

const own = (seq: number, more: Partial<MessageView> = {}): MessageView => ({
  clientMessageId: `m${seq}`,
  seq,
  senderId: sampleStudent.id,
  own: true,
  type: 'text',
  text: `text ${seq}`,
  createdAt: '2026-01-05T08:00:00.000Z',
  edited: false,
  deleted: false,
  delivery: 'stored',
  canEdit: true,
  canDelete: true,
  ...more,
});

describe(ThreadChanges.name, () => {
  let store: Store;
  let said: Action[];
  const chatId = signal('c1');
  const messages = signal<readonly MessageView[]>([]);
  const make = () => runInInjectionContext(TestBed.inject(Injector), () => new ThreadChanges(chatId, messages));
  const refuse = (text: string | null, code: 'DISCONNECTED' | 'TOO_LATE' = 'DISCONNECTED') => {
    const about = text === null ? 'delete' : 'edit';
    store.dispatch(ChatSocketActions.changeRefused({ chatId: 'c1', seq: 2, about, code, text, retryAt: null }));
    TestBed.tick();
  };

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideStore(), provideState(chatsFeature)] });
    store = TestBed.inject(Store);
    store.dispatch(ChatSessionActions.started({ user: sampleStudent, drafts: {} }));
    said = [];
    const dispatch = store.dispatch.bind(store);
    jest.spyOn(store, 'dispatch').mockImplementation(((action: Action) => {
      said.push(action);
      return dispatch(action);
    }) as typeof store.dispatch);
    chatId.set('c1');
    messages.set([own(1), own(2), { ...own(3), own: false }]);
  });

  it('edits the last own message', () => {
    const changes = make();
    changes.editLast();
    expect(changes.editing()).toEqual({ clientMessageId: 'm2', text: 'text 2' });
    changes.submitEdit({ clientMessageId: 'm2', text: 'better' });
    expect(said).toContainEqual(ChatPageActions.editSubmitted({ chatId: 'c1', seq: 2, text: 'better' }));
    expect(changes.editing()).toBeNull();
  });

  it('sends nothing when nothing was changed', () => {
    make().submitEdit({ clientMessageId: 'm2', text: 'text 2' });
    expect(said).toEqual([]);
  });

  it('does not begin an edit whose window has closed', () => {
    messages.set([own(1, { canEdit: false })]);
    const changes = make();
    changes.editLast();
    expect(changes.editing()).toBeNull();
  });

  it('edits the one before a message whose deletion can still be taken back', () => {
    const changes = make();
    changes.remove('m2');
    changes.editLast();
    expect(changes.editing()).toEqual({ clientMessageId: 'm1', text: 'text 1' });
  });

  it('says that a message is gone where that is why its edit was refused', () => {
    const changes = make();
    messages.set([own(1), own(2, { text: '', deleted: true, canEdit: false })]);
    refuse('what I wrote', 'TOO_LATE');
    expect(changes.notice()?.text).toContain('deleted');
    expect(changes.editing()?.text).toBe('what I wrote');
    changes.cancelEdit();
    expect([changes.notice(), changes.editing()]).toEqual([null, null]);
  });

  it('gives a refused text back, and says why', () => {
    const changes = make();
    refuse('what I wrote');
    expect(changes.editing()).toEqual({ clientMessageId: 'm2', text: 'what I wrote' });
    expect(changes.notice()?.text).toContain('not saved');
  });

  it('gives it back once: whoever cancels has cancelled', () => {
    const changes = make();
    refuse('what I wrote');
    changes.cancelEdit();
    messages.set([...messages()]);
    TestBed.tick();
    expect(changes.editing()).toBeNull();
  });

  it('keeps an unfinished edit for when one comes back to the chat, on another page too', () => {
    const changes = make();
    changes.startEdit('m1');
    changes.editChanged({ clientMessageId: 'm1', text: 'half' });
    chatId.set('c2');
    expect(changes.editing()).toBeNull();
    chatId.set('c1');
    expect(changes.editing()).toEqual({ clientMessageId: 'm1', text: 'half' });
    expect(make().editing()).toEqual({ clientMessageId: 'm1', text: 'half' });
  });

  it('says nothing in one chat about another', () => {
    const changes = make();
    refuse(null);
    expect(changes.notice()).not.toBeNull();
    chatId.set('c2');
    expect(changes.notice()).toBeNull();
  });

  it('sends a deletion when somebody logs out', () => {
    const changes = make();
    TestBed.tick();
    changes.remove('m2');
    store.dispatch(AccountMenuActions.logoutRequested());
    expect(said).toContainEqual(ChatPageActions.removeRequested({ chatId: 'c1', seq: 2 }));
    expect(changes.removal.current()).toBeNull();
  });

  it('sends a deletion when its chat is left', () => {
    const changes = make();
    TestBed.tick();
    changes.remove('m2');
    expect(said).toEqual([]);
    chatId.set('c2');
    TestBed.tick();
    expect(said).toEqual([ChatPageActions.removeRequested({ chatId: 'c1', seq: 2 })]);
  });
});
