import { Clock, DomainError, type Principal } from '@course-chat/api/kernel';
import type { Message } from '@course-chat/contracts';
import { sampleMessage, sampleStudent } from '@course-chat/contracts/testing';
import { MessageLog } from './message-log';
import type { MessageRepository } from './message.repository';
import { MessageService } from './message.service';

describe(MessageService.name, () => {
  /** An edit of what is stored, by its sender, on a database that does not say what became of it. */
  function edit(stored: Partial<Message>) {
    const seen = { ...sampleMessage, senderId: sampleStudent.id, createdAt: new Date().toISOString(), ...stored };
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
    return { edited: service.edit(who, { chatId: seen.chatId, seq: seen.seq, text: 'Changed' }), doubts };
  }

  it('has a chat looked at again when nobody says what became of a change', async () => {
    const { edited, doubts } = edit({});
    await expect(edited).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(doubts).toEqual([sampleMessage.chatId]);
  });

  it('edits nothing of a kind that stays as it was sent, or that a later version stored', async () => {
    const { edited, doubts } = edit({ type: 'of a later version' });
    await expect(edited).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(doubts).toEqual([]);
  });
});
