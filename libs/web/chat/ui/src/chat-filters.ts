import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { CHAT_UI_LABELS } from './labels';
import type { ChatFilter, ChatSort } from './models';

/** What narrows and orders the chat list: a few filters, a course, the order. */
@Component({
  selector: 'cc-chat-filters',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'group', '[attr.aria-label]': 'labels.filters' },
  template: `
    <div class="line">
      @for (filter of filters(); track filter.id) {
        <button type="button" [attr.aria-pressed]="filter.id === active()" (click)="filterChanged.emit(filter.id)">
          {{ filter.label }}
        </button>
      }
    </div>
    <div class="line choices">
      @if (courses().length > 1) {
        <select #course [attr.aria-label]="labels.course" (change)="courseChanged.emit(course.value || null)">
          <option value="" [selected]="activeCourse() === null">{{ labels.allCourses }}</option>
          @for (choice of courses(); track choice.id) {
            <option [value]="choice.id" [selected]="choice.id === activeCourse()">{{ choice.label }}</option>
          }
        </select>
      }
      <select #order [attr.aria-label]="labels.order" (change)="sortChanged.emit(toSort(order.value))">
        <option value="newest" [selected]="sort() === 'newest'">{{ labels.newestFirst }}</option>
        <option value="waiting" [selected]="sort() === 'waiting'">{{ labels.longestWaiting }}</option>
      </select>
    </div>
  `,
  styleUrls: ['./styles/shared.css', './chat-filters.css'],
})
export class ChatFilters {
  readonly filters = input.required<readonly ChatFilter[]>();
  readonly active = input<string | null>(null);
  /** Courses to choose from; one alone is no choice. */
  readonly courses = input<readonly Pick<ChatFilter, 'id' | 'label'>[]>([]);
  readonly activeCourse = input<string | null>(null);
  readonly sort = input<ChatSort>('newest');

  readonly filterChanged = output<string>();
  /** Null for all of them. */
  readonly courseChanged = output<string | null>();
  readonly sortChanged = output<ChatSort>();

  protected readonly labels = inject(CHAT_UI_LABELS);

  protected toSort(value: string): ChatSort {
    return value === 'waiting' ? 'waiting' : 'newest';
  }
}
