import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { MessageView } from './models';

/** One message: its text, time, tick and what may be done with it. */
@Component({ selector: 'cc-message-bubble', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class MessageBubble {
  readonly message = input.required<MessageView>();
  /** Whether it is the last of a run by one author: only that one has the square corner. */
  readonly endsRun = input(true);
  /** Whether links and buttons inside are in the tab order. */
  readonly reachable = input(true);

  readonly retry = output<string>();
  readonly discard = output<string>();
  readonly edit = output<string>();
  readonly remove = output<string>();
}
