import { DOCUMENT } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import {
  Avatar,
  ChatHeader,
  ChatList,
  ConnectionBanner,
  Icon,
  ICON_NAMES,
  MessageBubble,
  MessageInput,
  MessageList,
  UndoBar,
  type ChatFilter,
  type Connection,
} from '@course-chat/web/chat/ui';
import { PersonPicker } from '@course-chat/web/chat/ui/person-picker';
import { ARABIC_NAME, bubbles, headers, LONG_NAME, longTalk, mixed, people, rows, talk } from './samples';

const NEARLY_FULL = 'x'.repeat(3_700);
const TOO_LONG = 'x'.repeat(4_001);
const HELD_MS = 30_000;

/** Every component of the chat in every state, to be looked at and checked. Nothing here does anything. */
@Component({
  selector: 'cc-gallery',
  imports: [
    ...[Avatar, ChatHeader, ChatList, ConnectionBanner, Icon, MessageBubble, MessageInput, MessageList],
    ...[PersonPicker, UndoBar],
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './gallery.html',
  styleUrl: './gallery.css',
})
export class Gallery {
  private readonly root = inject(DOCUMENT).documentElement;
  protected readonly headers = headers;
  protected readonly rows = rows;
  protected readonly people = people;
  protected readonly bubbles = bubbles('bubble');
  protected readonly waiting = rows.filter(({ waitingSince }) => waitingSince !== null);
  protected readonly longTalk = longTalk;
  protected readonly mixed = mixed;
  protected readonly courses = [
    { id: 'angular', label: 'Angular from the ground up' },
    { id: 'data', label: 'Data structures in TypeScript' },
  ];
  protected readonly talks = {
    open: talk('open'),
    typing: talk('typing'),
    older: talk('older'),
    failed: talk('failed'),
  };
  protected readonly names = ['Ana Ruiz', 'Tomás Okafor', LONG_NAME, ARABIC_NAME, '李'];
  protected readonly connections: readonly Connection[] = ['offline', 'connecting'];
  protected readonly filters: readonly ChatFilter[] = [
    { id: 'all', label: 'All' },
    { id: 'unread', label: 'Unread' },
    { id: 'unanswered', label: 'Unanswered' },
  ];
  protected readonly edited = { clientMessageId: 'edited', text: 'A text that was sent already' };
  protected readonly nearlyFull = NEARLY_FULL;
  protected readonly tooLong = TOO_LONG;
  protected readonly manyLines = Array.from({ length: 9 }, (_, line) => `Line ${line + 1} of nine`).join('\n');
  protected readonly icons = ICON_NAMES;
  protected readonly heldUntil = Date.now() + HELD_MS;
  protected readonly isDark = signal(false);
  protected readonly isRtl = signal(false);

  protected toggleTheme(): void {
    this.isDark.update((dark) => !dark);
    this.root.dataset['chatTheme'] = this.isDark() ? 'dark' : 'light';
  }

  protected toggleDirection(): void {
    this.isRtl.update((rtl) => !rtl);
    this.root.dir = this.isRtl() ? 'rtl' : 'ltr';
  }
}
