import { afterRenderEffect, Component, computed, input, signal, type OnInit } from '@angular/core';
import type { Course } from '@course-chat/contracts';
import { CourseCard } from './course-card';

/** How many courses are drawn before the others where they come while the page is open. */
const FIRST = 6;

/** Course cards in as many columns as fit, with the outlines of those still on their way. */
@Component({
  selector: 'cc-course-grid',
  imports: [CourseCard],
  template: `
    <ul>
      @for (course of shown(); track course.id) {
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
export class CourseGrid implements OnInit {
  readonly courses = input.required<readonly Course[]>();
  readonly priced = input(true);
  /** How many outlines to show behind the courses. */
  readonly pending = input(0);

  /** Whether all courses are drawn: a long list in one piece holds a phone for too long. */
  private readonly all = signal(false);
  protected readonly shown = computed(() => (this.all() ? this.courses() : this.courses().slice(0, FIRST)));
  protected readonly bones = computed(() => Array.from({ length: this.pending() }, (_, index) => index));

  constructor() {
    afterRenderEffect(() => {
      if (this.courses().length > 0) setTimeout(() => this.all.set(true));
    });
  }

  ngOnInit(): void {
    // Whoever comes back finds the page as long as it was, and is taken to where they were.
    this.all.set(this.courses().length > 0);
  }
}
