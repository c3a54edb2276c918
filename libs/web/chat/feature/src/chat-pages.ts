import { ChangeDetectionStrategy, Component } from '@angular/core';
import { ChatWorkspace } from './chat-workspace';

// Both in one file: a page that two files begin at would come one round trip behind either of them.

/** The chats of a student. */
@Component({
  selector: 'cc-student-chat-page',
  imports: [ChatWorkspace],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<cc-chat-workspace side="student" />',
})
export class StudentChatPage {}

/** The chats of a tutor. */
@Component({
  selector: 'cc-tutor-chat-page',
  imports: [ChatWorkspace],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<cc-chat-workspace side="tutor" />',
})
export class TutorChatPage {}
