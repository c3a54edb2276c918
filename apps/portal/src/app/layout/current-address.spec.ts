import { addressOf } from './current-address';

describe(addressOf.name, () => {
  it.each([
    ['/courses', false, false],
    ['/chats', true, false],
    ['/chats?x=1', true, false],
    ['/chats/65f1a2b3c4d5e6f708090a01?seq=7', true, true],
    ['/tutor/chats', true, false],
    ['/tutor/chats/65f1a2b3c4d5e6f708090a01', true, true],
    ['/chatsomething', false, false],
    ['/tutor/students?courseId=chats', false, false],
  ])('%s: chat page %s, thread %s', (url, chats, thread) => {
    expect(addressOf(url)).toEqual({ chats, thread });
  });
});
