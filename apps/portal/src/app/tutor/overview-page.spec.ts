import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { ActionsSubject } from '@ngrx/store';
import { MockStore, provideMockStore } from '@ngrx/store/testing';
import { sampleChat, sampleTutor } from '@course-chat/contracts/testing';
import { selectUser } from '@course-chat/web/auth';
import { ChatPageActions, chatsFeature } from '@course-chat/web/chat/state';
import { presenceFeature } from '@course-chat/web/presence';
import { OverviewPage } from './overview-page';

describe(OverviewPage.name, () => {
  it('asks for more chats when the list changes, not when the token does that asking reads', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideMockStore({
          selectors: [
            { selector: selectUser, value: sampleTutor },
            {
              selector: chatsFeature.selectList,
              value: { status: 'ready', nextCursor: 'more', loadingMore: false, error: null, fromDevice: false },
            },
            { selector: chatsFeature.selectChats, value: [sampleChat] },
            { selector: presenceFeature.selectKnown, value: {} },
          ],
        }),
      ],
    });
    const token = signal('first');
    TestBed.inject(ActionsSubject).subscribe(() => token());
    const dispatch = jest.spyOn(TestBed.inject(MockStore), 'dispatch');
    const fixture = TestBed.createComponent(OverviewPage);
    await fixture.whenStable();
    token.set('second');
    await fixture.whenStable();
    expect(dispatch.mock.calls).toEqual([[ChatPageActions.moreChatsNeeded()]]);
    fixture.destroy();
  });
});
