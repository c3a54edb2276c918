import { TestBed } from '@angular/core/testing';
import { MockStore, provideMockStore } from '@ngrx/store/testing';
import { selectUnreadTotal } from '@course-chat/web/chat/state';
import { keepAppBadge } from './app-badge';

describe(keepAppBadge.name, () => {
  it('shows the unread number, takes it away with the last message or the login, and minds no refusal', () => {
    const told: (number | undefined)[] = [];
    const navigator = {
      setAppBadge: async (count?: number) => void told.push(count),
      clearAppBadge: async () => {
        told.push(0);
        throw new DOMException('not installed', 'NotAllowedError');
      },
    };
    TestBed.configureTestingModule({
      providers: [provideMockStore({ selectors: [{ selector: selectUnreadTotal, value: 3 }] })],
    });
    TestBed.runInInjectionContext(() => keepAppBadge(navigator));
    TestBed.tick();
    const store = TestBed.inject(MockStore);
    store.overrideSelector(selectUnreadTotal, 0);
    store.refreshState();
    TestBed.tick();
    expect(told).toEqual([3, 0]);
  });

  it('does without where a browser has no badge', () => {
    TestBed.configureTestingModule({
      providers: [provideMockStore({ selectors: [{ selector: selectUnreadTotal, value: 3 }] })],
    });
    TestBed.runInInjectionContext(() => keepAppBadge({} as Navigator));
    expect(() => TestBed.tick()).not.toThrow();
  });
});
