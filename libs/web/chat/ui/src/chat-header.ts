import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { HeaderView } from './models';

/** The head of a thread: who, whether they are there, which course. */
@Component({ selector: 'cc-chat-header', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class ChatHeader {
  readonly header = input.required<HeaderView>();

  /** The back button of a phone. */
  readonly back = output<void>();
}
