import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import {
  chatsFeature,
  ChatPageActions,
  ChatSessionActions,
  messagesFeature,
  typingFeature,
} from '@course-chat/web/chat/state';
import { sampleStudent } from '@course-chat/contracts/testing';
import { presenceFeature } from '@course-chat/web/presence';
import { connectionFeature } from '@course-chat/web/realtime';
import { provideState, provideStore, Store } from '@ngrx/store';
import { InboxPane } from './inbox-pane';

describe(InboxPane.name, () => {
  it('takes its search along when it goes: the box is empty when one comes back', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideStore(),
        ...[chatsFeature, messagesFeature, typingFeature].map((feature) => provideState(feature.name, feature.reducer)),
        provideState(presenceFeature),
        provideState(connectionFeature),
      ],
    });
    const store = TestBed.inject(Store);
    store.dispatch(ChatSessionActions.started({ user: sampleStudent, drafts: {} }));
    const search = store.selectSignal(chatsFeature.selectSearch);
    const fixture = TestBed.createComponent(InboxPane);
    fixture.componentRef.setInput('side', 'student');
    await fixture.whenStable();
    store.dispatch(ChatPageActions.searchChanged({ q: 'ana' }));
    expect(search()?.q).toBe('ana');
    fixture.destroy();
    expect(search()).toBeNull();
  });
});
