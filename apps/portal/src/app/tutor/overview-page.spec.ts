import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { ActionsSubject } from '@ngrx/store';
import { MockStore, provideMockStore } from '@ngrx/store/testing';
import type { Chat } from '@course-chat/contracts';
import { sampleChat, sampleTutor } from '@course-chat/contracts/testing';
import { selectUser } from '@course-chat/web/auth';
import { ChatPageActions, chatsFeature } from '@course-chat/web/chat/state';
import { presenceFeature } from '@course-chat/web/presence';
import { OverviewPage } from './overview-page';

describe(OverviewPage.name, () => {
  /** The page over these chats, with more of them at the server. */
  function open(chats: readonly Chat[]) {
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
            { selector: chatsFeature.selectChats, value: chats },
            { selector: presenceFeature.selectKnown, value: {} },
          ],
        }),
      ],
    });
    return TestBed.createComponent(OverviewPage);
  }

  it('leads to those who wait, and to the chats of a course', async () => {
    const answered = { seq: 1, senderId: sampleTutor.id, preview: 'Yes', createdAt: '2026-01-05T08:00:00.000Z' };
    const other = { id: 'b'.repeat(24), title: 'Zoology' };
    const fixture = open([
      { ...sampleChat, lastMessage: { ...answered, senderId: sampleChat.student.id } },
      { ...sampleChat, id: 'c'.repeat(24), course: other, lastMessage: answered },
    ]);
    await fixture.whenStable();
    const links = [...(fixture.nativeElement as HTMLElement).querySelectorAll('.figures a, .courses a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/tutor/chats?filter=unanswered&sort=waiting',
      `/tutor/chats?filter=unanswered&sort=waiting&courseId=${sampleChat.course.id}`,
      `/tutor/chats?courseId=${other.id}`,
    ]);
    fixture.destroy();
  });

  it('asks for more chats when the list changes, not when the token does that asking reads', async () => {
    const token = signal('first');
    const fixture = open([sampleChat]);
    TestBed.inject(ActionsSubject).subscribe(() => token());
    const dispatch = jest.spyOn(TestBed.inject(MockStore), 'dispatch');
    await fixture.whenStable();
    token.set('second');
    await fixture.whenStable();
    expect(dispatch.mock.calls).toEqual([[ChatPageActions.moreChatsNeeded()]]);
    fixture.destroy();
  });
});
