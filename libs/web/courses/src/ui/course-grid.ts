import { Component, computed, input } from '@angular/core';
import type { Course } from '@course-chat/contracts';
import { CourseCard } from './course-card';

/** Course cards in as many columns as fit, with the outlines of those still on their way. */
@Component({
  selector: 'cc-course-grid',
  imports: [CourseCard],
  template: `
    <ul>
      @for (course of courses(); track course.id) {
        <li><cc-course-card [course]="course" [priced]="priced()" /></li>
      }
      @for (bone of bones(); track bone) {
        <li aria-hidden="true"><span class="bone"></span></li>
      }
    </ul>
  `,
  styleUrl: './controls.css',
  styles: `
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 270px), 1fr));
      gap: 20px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .bone {
      block-size: 250px;
      border-radius: var(--chat-radius);
    }
  `,
})
export class CourseGrid {
  readonly courses = input.required<readonly Course[]>();
  readonly priced = input(true);
  /** How many outlines to show behind the courses. */
  readonly pending = input(0);

  protected readonly bones = computed(() => Array.from({ length: this.pending() }, (_, index) => index));
}
