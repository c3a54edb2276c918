import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { chatsFeature, ChatApiActions, ChatSessionActions } from '@course-chat/web/chat/state';
import { presenceFeature } from '@course-chat/web/presence';
import { provideState, provideStore, Store, type Action } from '@ngrx/store';
import { EMPTY } from 'rxjs';
import { NewChatDialog } from './new-chat-dialog';

const { course, student } = sampleChat;
const wanted = { courseId: course.id, peerId: student.id };

describe(NewChatDialog.name, () => {
  const close = jest.fn();
  beforeEach(() => close.mockClear());

  /** The dialog of a tutor who picked somebody to write to. */
  async function pick() {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideStore(),
        provideState(chatsFeature.name, chatsFeature.reducer),
        provideState(presenceFeature),
        { provide: DIALOG_DATA, useValue: { side: 'tutor' } },
        { provide: DialogRef, useValue: { close, closed: EMPTY } },
      ],
    });
    const store = TestBed.inject(Store);
    store.dispatch(ChatSessionActions.started({ user: sampleTutor, drafts: {} }));
    const fixture = TestBed.createComponent(NewChatDialog);
    const items = [{ student, course, chatId: null }];
    store.dispatch(ChatApiActions.studentsLoaded({ items, nextCursor: 'more', first: true }));
    await fixture.whenStable();
    const element: HTMLElement = fixture.nativeElement;
    const press = async (text: string) => {
      [...element.querySelectorAll('button')].find((button) => button.textContent?.includes(text))?.click();
      await fixture.whenStable();
    };
    const happens = async (action: Action) => {
      store.dispatch(action);
      await fixture.whenStable();
    };
    await press(sampleStudent.name);
    return { element, press, happens };
  }

  it('closes when the chat is there', async () => {
    const { happens } = await pick();
    expect(close).not.toHaveBeenCalled();
    await happens(ChatApiActions.chatCreated({ chat: sampleChat, askedAt: 1 }));
    expect(close).toHaveBeenCalled();
  });

  it('stays when people are loaded anew after a chat could not be made', async () => {
    const { press, happens } = await pick();
    await happens(ChatApiActions.chatNotCreated({ ...wanted, code: 'INTERNAL' }));
    await happens(ChatApiActions.peopleFailed({ code: 'INTERNAL' }));
    await press('Retry');
    expect(close).not.toHaveBeenCalled();
  });
});
