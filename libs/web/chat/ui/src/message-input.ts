import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { Connection, EditedMessage } from './models';

/** Where a message is written. */
@Component({ selector: 'cc-message-input', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class MessageInput {
  readonly peerName = input.required<string>();
  /** A new one takes over `initialDraft`. */
  readonly chatId = input<string | null>(null);
  /** Why nothing can be written here, in plain words; null when one can. */
  readonly disabledReason = input<string | null>(null);
  readonly connection = input<Connection>('online');
  /** Taken over when the chat opens, and later only as long as nothing was typed. */
  readonly initialDraft = input('');
  readonly editing = input<EditedMessage | null>(null);
  /** Whether to take the focus when a chat opens. */
  readonly focusOnOpen = input(false);

  /** The text as it is to be stored: checked and trimmed. */
  readonly send = output<string>();
  /** Every keystroke that leaves text; throttling is the receiver's. */
  readonly typing = output<void>();
  readonly stoppedTyping = output<void>();
  /** The text as it stands, '' once sent. Never while a message is under edit. */
  readonly draftChanged = output<string>();
  readonly editSubmitted = output<EditedMessage>();
  readonly editCancelled = output<void>();
  /** Arrow up in an empty input. */
  readonly editLastRequested = output<void>();
}
