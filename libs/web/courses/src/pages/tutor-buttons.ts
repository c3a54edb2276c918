import { Component, computed, inject, input } from '@angular/core';
import { Store } from '@ngrx/store';
import { ChatPageActions, chatsFeature } from '@course-chat/web/chat/state';
import type { Course } from '@course-chat/contracts';
import { COURSES_LABELS } from '../courses.labels';

/** The way from a course one has to its tutors: one button each. */
@Component({
  selector: 'cc-tutor-buttons',
  styleUrl: '../ui/controls.css',
  styles: ':host { display: grid; gap: 10px; } .button { inline-size: 100%; }',
  template: `
    @for (tutor of course().tutors; track tutor.id) {
      <button type="button" class="button" (click)="open(tutor.id)">
        {{ course().tutors.length > 1 ? labels.chatWith(tutor.name) : labels.chatWithTutor }}
      </button>
    }
    <div role="alert">
      @if (refused()) {
        <p class="error">{{ labels.chatFailed }}</p>
      }
    </div>
  `,
})
export class TutorButtons {
  protected readonly labels = inject(COURSES_LABELS);
  private readonly store = inject(Store);

  readonly course = input.required<Course>();

  private readonly creation = this.store.selectSignal(chatsFeature.selectCreation);
  protected readonly refused = computed(() => {
    const creation = this.creation();
    return creation?.courseId === this.course().id && creation.error !== null;
  });

  protected open(peerId: string): void {
    this.store.dispatch(ChatPageActions.chatRequested({ courseId: this.course().id, peerId }));
  }
}
