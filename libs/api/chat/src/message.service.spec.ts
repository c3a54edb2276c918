import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import { sampleMessage, sampleStudent } from '@course-chat/contracts/testing';
import { MessageLog } from './message-log';
import type { MessageRepository } from './message.repository';
import { MessageService } from './message.service';

describe(MessageService.name, () => {
  it('has a chat looked at again when nobody says what became of a change', async () => {
    const seen = { ...sampleMessage, senderId: sampleStudent.id, createdAt: new Date().toISOString() };
    const messages = {
      bySeq: async () => ({ message: seen, fromStudent: 1, waitingSince: null }),
      lastRev: async () => 0,
      change: jest.fn().mockRejectedValue(new DomainError('UNAVAILABLE')),
    } as unknown as MessageRepository;
    const log = new MessageLog(messages, new Clock());
    const doubts: string[] = [];
    log.unknown.subscribe((chatId) => doubts.push(chatId));
    const anybody = { membersFor: async () => ({}), assertMayWrite: async () => undefined };
    const given = [anybody, anybody, log, messages, ...Array.from({ length: 5 }, () => ({})), new Clock()];
    const options = { editWindowMs: 60_000, deleteWindowMs: 60_000 };
    const service = new MessageService(
      ...([...given, options] as unknown as ConstructorParameters<typeof MessageService>),
    );
    const who = { userId: sampleStudent.id } as Principal;
    const edit = service.edit(who, { chatId: seen.chatId, seq: seen.seq, text: 'Changed' });
    await expect(edit).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(doubts).toEqual([seen.chatId]);
  });
});
