import { ChangeDetectionStrategy, Component } from '@angular/core';
import { ChatWorkspace } from './chat-workspace';

/** The chats of a student. */
@Component({
  selector: 'cc-student-chat-page',
  imports: [ChatWorkspace],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<cc-chat-workspace side="student" />',
})
export class StudentChatPage {}
