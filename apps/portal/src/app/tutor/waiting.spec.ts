import type { Chat } from '@course-chat/contracts';
import { sampleChat } from '@course-chat/contracts/testing';
import { overviewOf } from './waiting';

const NOW = Date.parse('2026-11-22T18:00:00.000Z');
const HOUR = 3_600_000;

function chatWith(id: number, hoursAgo: number, by: 'student' | 'tutor', change: Partial<Chat> = {}): Chat {
  const createdAt = new Date(NOW - hoursAgo * HOUR).toISOString();
  const student = { ...sampleChat.student, id: String(id).padStart(24, '0') };
  const senderId = by === 'student' ? student.id : sampleChat.tutor.id;
  return {
    ...sampleChat,
    id: `c${id}`,
    student,
    access: 'active',
    lastMessage: { seq: 1, senderId, preview: 'Why?', createdAt },
    ...change,
  };
}

describe(overviewOf.name, () => {
  it('counts a chat as waiting when the last word is the student’s, the longest first', () => {
    const { waiting } = overviewOf(
      [chatWith(1, 1, 'student'), chatWith(2, 5, 'student'), chatWith(3, 9, 'tutor')],
      NOW,
    );
    expect(waiting.map(({ chat }) => chat.id)).toEqual(['c2', 'c1']);
  });

  it('lets nobody wait in a chat without messages, for a deleted question, or where no answer is possible', () => {
    const deleted = chatWith(2, 1, 'student');
    const chats = [
      chatWith(1, 1, 'student', { lastMessage: null }),
      { ...deleted, lastMessage: deleted.lastMessage && { ...deleted.lastMessage, preview: '' } },
      chatWith(3, 1, 'student', { access: 'read_only' }),
    ];
    expect(overviewOf(chats, NOW).waiting).toEqual([]);
  });

  it('counts students, not chats', () => {
    const chats = [chatWith(1, 1, 'tutor'), chatWith(1, 2, 'student'), chatWith(2, 24 * 8, 'student')];
    expect(overviewOf(chats, NOW)).toMatchObject({ thisWeek: 1, students: 2 });
  });
});

describe('the courses of an overview', () => {
  it('come by title, each once, with how many wait in them', () => {
    const other = { id: 'b'.repeat(24), title: 'Algebra' };
    const chats = [chatWith(1, 1, 'student'), chatWith(2, 1, 'tutor'), chatWith(3, 1, 'student', { course: other })];
    chats.push(chatWith(4, 2, 'student', { course: other }));
    expect(overviewOf(chats, NOW).courses).toEqual([
      { ...other, waiting: 2 },
      { ...sampleChat.course, waiting: 1 },
    ]);
  });
});
