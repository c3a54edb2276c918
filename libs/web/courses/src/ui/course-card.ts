import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Course } from '@course-chat/contracts';
import { listed } from '@course-chat/web/language';
import { COURSES_LABELS } from '../courses.labels';
import { CourseCover } from './course-cover';
import { Price } from './price';

/** One course in a list: the whole card leads to it. */
@Component({
  selector: 'cc-course-card',
  imports: [CourseCover, Price, RouterLink],
  templateUrl: './course-card.html',
  styleUrl: './course-card.css',
})
export class CourseCard {
  protected readonly labels = inject(COURSES_LABELS);

  readonly course = input.required<Course>();
  /** Whether the price is of interest here. */
  readonly priced = input(true);

  protected readonly tutors = computed(() => listed(this.course().tutors.map(({ name }) => name)));
}
