import { TestBed } from '@angular/core/testing';
import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { provideState, provideStore, Store } from '@ngrx/store';
import { ChatPageActions, ChatSessionActions } from '../chat.actions';
import { messagesFeature } from '../messages/messages.feature';
import type { OutboxEntry } from './outbox';
import { MemoryOutbox, OUTBOX_REPOSITORY } from './outbox.repository';
import { UnsentMessages } from './unsent-messages';

const entry = (senderId: string): OutboxEntry => ({
  clientMessageId: '22222222-0000-4000-8000-000000000001',
  chatId: sampleChat.id,
  senderId,
  text: 'written in another tab',
  createdAt: '2026-11-22T15:00:00.000Z',
  state: 'queued',
  attempts: 0,
  failure: null,
  order: 1,
  seq: null,
});

describe(UnsentMessages.name, () => {
  let device: MemoryOutbox;
  let unsent: UnsentMessages;
  let store: Store;

  beforeEach(() => {
    device = new MemoryOutbox();
    TestBed.configureTestingModule({
      providers: [provideStore(), provideState(messagesFeature), { provide: OUTBOX_REPOSITORY, useValue: device }],
    });
    store = TestBed.inject(Store);
    store.dispatch(ChatSessionActions.started({ user: sampleStudent, drafts: {} }));
    unsent = TestBed.inject(UnsentMessages);
  });

  it('knows of messages that only the device has: another tab wrote them', async () => {
    expect(await unsent.exist()).toBe(false);
    await device.put(entry(sampleStudent.id));
    expect(await unsent.exist()).toBe(true);
  });

  it("does not ask about another person's", async () => {
    await device.put(entry(sampleTutor.id));
    expect(await unsent.exist()).toBe(false);
  });

  it('knows of those the device did not keep', async () => {
    const { chatId, clientMessageId, text, createdAt: at } = entry(sampleStudent.id);
    store.dispatch(ChatPageActions.messageSubmitted({ chatId, clientMessageId, text, at }));
    expect(await unsent.exist()).toBe(true);
  });
});
