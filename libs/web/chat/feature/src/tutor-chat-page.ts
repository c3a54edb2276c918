import { ChangeDetectionStrategy, Component } from '@angular/core';
import { ChatWorkspace } from './chat-workspace';

/** The chats of a tutor. */
@Component({
  selector: 'cc-tutor-chat-page',
  imports: [ChatWorkspace],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<cc-chat-workspace side="tutor" />',
})
export class TutorChatPage {}
