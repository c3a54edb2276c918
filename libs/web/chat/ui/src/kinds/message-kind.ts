import type { InputSignal, Type } from '@angular/core';
import type { ChatUiLabels } from '../labels';
import type { MessageView } from '../models';

/** What stands inside a bubble. Gets the message and whether what can be pressed in it is in the tab order. */
export interface MessageBody {
  readonly message: InputSignal<MessageView>;
  readonly reachable: InputSignal<boolean>;
}

/** All the interface has to know about one `type` of message. */
export interface MessageKind {
  /** Shown inside the bubble. Has no block of its own unless it needs one: time and tick flow beside its last line. */
  body: Type<MessageBody>;
  /** In one line of plain text: announcements, the clipboard. */
  plainText(message: MessageView, labels: ChatUiLabels): string;
}
