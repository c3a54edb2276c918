import { Component, inject, output } from '@angular/core';
import { COURSES_LABELS } from '../courses.labels';

/** Says that courses could not be loaded, and offers to try again. */
@Component({
  selector: 'cc-list-failed',
  host: { role: 'alert' },
  styleUrl: './controls.css',
  styles: ':host { display: grid; justify-items: center; gap: 12px; margin-block-start: 28px; }',
  template: `
    <p class="error">{{ labels.listFailed }}</p>
    <button type="button" class="button alt" (click)="retry.emit()">{{ labels.retry }}</button>
  `,
})
export class ListFailed {
  readonly retry = output<void>();

  protected readonly labels = inject(COURSES_LABELS);
}
