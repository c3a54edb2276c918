import { sampleChat, sampleStudent, sampleTutor } from '@course-chat/contracts/testing';
import { convertToParamMap } from '@angular/router';
import { byActivity, choiceOf, choose, coursesOf, EVERYTHING, matches } from './inbox-choice';

const said = (id: string, by: string, minute: number, preview = 'x') => ({
  ...sampleChat,
  id,
  lastMessage: { seq: 1, senderId: by, preview, createdAt: `2026-01-05T08:${minute}:00.000Z` },
});
const answered = said('answered', sampleTutor.id, 50);
const late = said('late', sampleStudent.id, 40);
const unread = { ...said('unread', sampleTutor.id, 30), unreadCount: 1 };
const early = said('early', sampleStudent.id, 20);
const chats = [answered, late, unread, early];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe(choiceOf.name, () => {
  const asked = (query: Record<string, string>) => choiceOf(convertToParamMap(query));

  it('reads what an address asks for', () => {
    expect(asked({ filter: 'unanswered', sort: 'waiting', courseId: sampleChat.course.id })).toEqual({
      filter: 'unanswered',
      sort: 'waiting',
      courseId: sampleChat.course.id,
    });
  });

  it.each([{}, { filter: 'all', sort: 'newest' }, { filter: 'constructor', sort: '', courseId: '../x' }])(
    'takes %j for everything',
    (query) => expect(asked(query as Record<string, string>)).toBe(EVERYTHING),
  );
});

describe(choose.name, () => {
  it('leaves everything in its order', () => expect(choose(chats, EVERYTHING)).toEqual(chats));

  it('tells unread and unanswered chats', () => {
    expect(ids(choose(chats, { ...EVERYTHING, filter: 'unread' }))).toEqual(['unread']);
    expect(ids(choose(chats, { ...EVERYTHING, filter: 'unanswered' }))).toEqual(['late', 'early']);
  });

  it('lets nobody wait for an answer to what was deleted, or where nobody may answer', () => {
    const gone = [said('deleted', sampleStudent.id, 10, ''), { ...early, access: 'read_only' as const }];
    expect(choose(gone, { ...EVERYTHING, filter: 'unanswered' })).toEqual([]);
  });

  it('keeps the chat that was opened from a filter, but not in the list of another course', () => {
    expect(ids(choose(chats, { ...EVERYTHING, filter: 'unread' }, 'late'))).toEqual(['late', 'unread']);
    expect(choose(chats, { ...EVERYTHING, courseId: 'other' }, 'late')).toEqual([]);
  });

  it('puts who waits longest first and keeps the others behind in their order', () =>
    expect(ids(choose(chats, { ...EVERYTHING, sort: 'waiting' }))).toEqual(['early', 'late', 'answered', 'unread']));

  it('counts the wait from the first question, not from the last reminder', () => {
    const { lastMessage } = said('', sampleStudent.id, 59);
    const reminded = {
      ...late,
      id: 'reminded',
      lastMessage: { ...lastMessage, waitingSince: '2026-01-05T08:10:00.000Z' },
    };
    const takenBack = { ...reminded, id: 'taken-back', lastMessage: { ...reminded.lastMessage, preview: '' } };
    const sorted = choose([...chats, takenBack, reminded], { ...EVERYTHING, filter: 'unanswered', sort: 'waiting' });
    expect(ids(sorted)).toEqual(['taken-back', 'reminded', 'early', 'late']);
  });

  it('keeps to one course', () => {
    const other = { ...late, course: { id: 'other', title: 'Other' } };
    expect(choose([other, early], { ...EVERYTHING, courseId: 'other' })).toEqual([other]);
    expect(coursesOf([other, early, late]).map(({ label }) => label)).toEqual(
      [sampleChat.course.title, 'Other'].sort(),
    );
  });
});

describe(byActivity.name, () => {
  const chat = (id: string, minute: number) => ({ ...sampleChat, id, updatedAt: `2026-01-05T08:${minute}:00.000Z` });
  const inOrder = [chat('c', 30), chat('b', 20), chat('a', 10)];
  const entry = (chatId: string, minute: number) => ({ chatId, createdAt: `2026-01-05T08:${minute}:00.000Z` });

  it('leaves the order where nothing waits', () => expect(byActivity(inOrder, [])).toBe(inOrder));

  it('raises a chat to where what waits in it belongs, and lowers none', () => {
    expect(ids(byActivity(inOrder, [entry('a', 25), entry('a', 15), entry('gone', 50)]))).toEqual(['c', 'a', 'b']);
    expect(ids(byActivity(inOrder, [entry('c', 11), entry('b', 40)]))).toEqual(['b', 'c', 'a']);
  });
});

it('finds every word in the name or the course, whatever the case and the accents', () => {
  expect(matches(sampleChat, 'LENA ground', sampleTutor.id)).toBe(true);
  expect(matches({ ...sampleChat, student: { ...sampleStudent, name: 'Lená' } }, 'lena', sampleTutor.id)).toBe(true);
  expect(matches(sampleChat, 'lena statistics', sampleTutor.id)).toBe(false);
});
