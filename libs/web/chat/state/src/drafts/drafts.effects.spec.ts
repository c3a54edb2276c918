import { TestBed } from '@angular/core/testing';
import { sampleChat, sampleStudent } from '@course-chat/contracts/testing';
import { ignoreElements } from 'rxjs';
import { ChatPageActions } from '../chat.actions';
import { FakeStore } from '../testing/fake-store';
import { DraftStorage } from './draft-storage';
import { followDrafts, saveDrafts } from './drafts.effects';

const chatId = sampleChat.id;
const key = `course-chat.draft.${sampleStudent.id}.${chatId}`;

describe('a draft in two tabs', () => {
  let store: FakeStore;
  const here = () => store.chats.drafts[chatId] ?? '';
  const write = (text: string) => store.dispatch(ChatPageActions.draftChanged({ chatId, text }));
  /** What a browser says in this tab when another one has written. */
  const elsewhere = (newValue: string | null, at = key) => {
    const oldValue = localStorage.getItem(at);
    if (newValue === null) localStorage.removeItem(at);
    else localStorage.setItem(at, newValue);
    window.dispatchEvent(new StorageEvent('storage', { key: at, oldValue, newValue }));
  };

  beforeEach(() => {
    localStorage.clear();
    const storage = TestBed.inject(DraftStorage);
    store = new FakeStore();
    store.run(
      saveDrafts(store.actions$, storage, store.snapshot).pipe(ignoreElements()),
      followDrafts(window, storage, store.snapshot),
    );
    store.start();
  });
  afterEach(() => store.stop());

  it('grows in both and goes from both', () => {
    write('half');
    elsewhere('half a word');
    expect(here()).toBe('half a word');
    elsewhere(null);
    expect(here()).toBe('');
  });

  it('stays where another text stands', () => {
    write('mine');
    localStorage.setItem(key, 'theirs');
    elsewhere(null);
    expect(here()).toBe('mine');
  });

  it('is no business of another person', () => {
    elsewhere('a secret', `course-chat.draft.somebody-else.${chatId}`);
    expect(here()).toBe('');
  });
});
