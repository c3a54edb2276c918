import { InjectionToken } from '@angular/core';
import type { CommandErrorCode } from '@course-chat/web/realtime';

/** What some keys do, pressed together. */
export interface Shortcut {
  keys: readonly string[];
  does: string;
}

/** Every word the chat pages add to those of the components. */
export interface ChatFeatureLabels {
  filterAll: string;
  filterUnread: string;
  filterUnanswered: string;
  nothingUnread: string;
  nothingUnanswered: string;
  /** Filters and orders know the chats that are loaded. */
  amongNewest(count: number): string;
  /** The server could not be asked; what is shown was found among the chats that are here. */
  searchFailed: string;
  /** Stands for the name of a person whose account is gone. */
  deletedAccount: string;
  newChat: string;
  close: string;
  opening: string;
  /** While a dialog's code is on its way, and when it did not come. */
  openingDialog: string;
  dialogFailed: string;
  pickChat: string;
  pickChatHint: string;
  startChat: string;
  chatMissing: string;
  chatMissingHint: string;
  chatUnavailable: string;
  chatUnavailableHint: string;
  backToChats: string;
  tryAgain: string;
  readOnlyForStudent: string;
  readOnlyForTutor: string;
  editRefused(code: CommandErrorCode): string;
  editOfDeleted: string;
  deleteRefused(code: CommandErrorCode): string;
  /** Why a message was not sent; stands beside the ways to retry and to discard it. */
  notSentReason(code: CommandErrorCode): string;
  chatNotCreated(code: CommandErrorCode): string;
  /** On the page, and the title of the dialog. */
  shortcutsTitle: string;
  shortcuts: readonly Shortcut[];
  dismiss: string;
  messageDeleted: string;
  tryAgainIn(seconds: number): string;
}

function reason(code: CommandErrorCode): string {
  switch (code) {
    case 'DISCONNECTED':
    case 'TIMEOUT':
      return 'There is no connection right now. Try again when you are back online.';
    case 'RATE_LIMITED':
      return 'That was a lot at once. Wait a moment and try again.';
    case 'READ_ONLY':
      return 'This chat is read only.';
    default:
      return 'Please try again in a moment.';
  }
}

/** The default words. */
export const ENGLISH_FEATURE_LABELS: ChatFeatureLabels = {
  filterAll: 'All',
  filterUnread: 'Unread',
  filterUnanswered: 'Unanswered',
  nothingUnread: 'You have read everything',
  nothingUnanswered: 'Nobody waits for an answer',
  amongNewest: (count) => `Among your ${count} most recent chats`,
  searchFailed: 'Not all of your chats could be searched.',
  deletedAccount: 'Deleted account',
  newChat: 'New chat',
  close: 'Close',
  opening: 'Opening the chat…',
  openingDialog: 'One moment…',
  dialogFailed: 'This could not be loaded. Check the connection and try again.',
  pickChat: 'Pick a chat to read it here',
  pickChatHint: 'Your chats stay here on every device.',
  startChat: 'Write to someone',
  chatMissing: 'This chat is not here',
  chatMissingHint: 'The link may be wrong, or the chat belongs to another account.',
  chatUnavailable: 'This chat could not be opened',
  chatUnavailableHint: 'The connection may be interrupted.',
  backToChats: 'Back to chats',
  tryAgain: 'Try again',
  readOnlyForStudent:
    'You can read this chat, but no longer write here: the course or its tutor is not available to you any more.',
  readOnlyForTutor:
    'You can read this chat, but no longer write here: the student left the course, or you no longer teach it.',
  editRefused: (code) =>
    code === 'TOO_LATE'
      ? 'It is too late to edit this message. Your text is below.'
      : `The change was not saved, your text is below. ${reason(code)}`,
  editOfDeleted: 'This message was deleted. Your text is below.',
  deleteRefused: (code) =>
    code === 'TOO_LATE' ? 'It is too late to delete this message.' : `The message was not deleted. ${reason(code)}`,
  notSentReason: reason,
  chatNotCreated: (code) =>
    code === 'NOT_ENROLLED'
      ? 'This chat needs the course: it is for those who are enrolled.'
      : `The chat could not be opened. ${reason(code)}`,
  shortcutsTitle: 'Keyboard shortcuts',
  shortcuts: [
    { keys: ['Ctrl', 'K'], does: 'Find a chat' },
    { keys: ['Alt', '↑'], does: 'Previous chat' },
    { keys: ['Alt', '↓'], does: 'Next chat' },
    { keys: ['Enter'], does: 'Send the message' },
    { keys: ['Shift', 'Enter'], does: 'Begin a new line' },
    { keys: ['↑'], does: 'Edit your last message, from the empty input' },
    { keys: ['Esc'], does: 'Cancel editing' },
    { keys: ['↑', '↓'], does: 'Move among the messages' },
    { keys: ['Home', 'End'], does: 'First and last message' },
    { keys: ['Ctrl', '/'], does: 'Show this list' },
  ],
  dismiss: 'Dismiss',
  messageDeleted: 'Message deleted',
  tryAgainIn: (seconds) => `You can try again in ${seconds} s.`,
};

/** Provide another object to speak another language. */
export const CHAT_FEATURE_LABELS = new InjectionToken<ChatFeatureLabels>('CHAT_FEATURE_LABELS', {
  providedIn: 'root',
  factory: () => ENGLISH_FEATURE_LABELS,
});
