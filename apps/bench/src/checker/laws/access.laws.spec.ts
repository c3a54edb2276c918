import type { Chat } from '@course-chat/contracts';
import type { Closure } from '../history';
import { CHAT, goodStory, judge, message, NOW, spoilCopy, STUDENT, type Story } from './story';

const CLOSED_AT = 100;
const ON_THE_WALL = Date.parse(NOW);

/** The chat was closed at 100 and the student wrote once more; nobody may see it as open. */
function closedStory(askedAt: number, closure: Partial<Closure> = {}): Story {
  const story = goodStory();
  story.history.closures.push({
    chatId: CHAT,
    isTold: true,
    closedAt: CLOSED_AT,
    reopenedAt: Infinity,
    reopenedOnTheWall: Infinity,
    ...closure,
  });
  const late = message(5);
  story.log.push({ ...late, fromStudent: 3, revs: [] });
  story.chat.lastSeq = 5;
  story.chat.unread = { student: 1, tutor: 1 };
  story.history.sends.push({
    deviceId: 'phone',
    userId: STUDENT,
    chatId: CHAT,
    clientMessageId: late.clientMessageId,
    text: late.text,
    inTurn: true,
    tries: 1,
    askedAt,
    outcome: 'stored',
    message: late,
  });
  return story;
}

const namesOf = (story: Story) => judge(story).map(({ law, name }) => `${law} ${name}`);
const WRITTEN = '5 written_when_closed';
const STALE = '5 stale_access';

describe('a chat that was closed', () => {
  it('may not be written to by who asks afterwards', () => {
    expect(namesOf(closedStory(CLOSED_AT + 1))).toContain(WRITTEN);
  });

  it('takes what was asked for before, also when it is sent again later', () => {
    const story = closedStory(CLOSED_AT - 1);
    story.history.sends.push({ ...story.history.sends.at(-1), askedAt: CLOSED_AT + 50 } as never);
    expect(namesOf(story)).not.toContain(WRITTEN);
  });

  it('takes what is stored after it was opened again', () => {
    const reopened = { reopenedAt: CLOSED_AT + 10, reopenedOnTheWall: ON_THE_WALL - 1 };
    expect(namesOf(closedStory(CLOSED_AT + 1, reopened))).not.toContain(WRITTEN);
    expect(namesOf(closedStory(CLOSED_AT + 1, { ...reopened, reopenedOnTheWall: ON_THE_WALL + 1 }))).toContain(WRITTEN);
  });

  it('is shown as closed by every device and every list, and as open when it is again', () => {
    expect(namesOf(closedStory(0)).filter((name) => name === STALE)).toHaveLength(4);
    const story = closedStory(0);
    spoilCopy(story, () => ({ access: 'read_only' }));
    for (const list of story.history.lists)
      list.chats.forEach((chat: Chat) => Object.assign(chat, { access: 'read_only' }));
    expect(namesOf(story).filter((name) => name === STALE)).toHaveLength(1);
    const reopened = closedStory(0, { reopenedAt: 200, reopenedOnTheWall: ON_THE_WALL });
    expect(namesOf(reopened)).not.toContain(STALE);
  });

  it('is not looked for on devices that nobody told', () => {
    expect(namesOf(closedStory(0, { isTold: false }))).not.toContain(STALE);
  });
});
