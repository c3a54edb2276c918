import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { PersonView, Side } from './models';

/** The body of the new-chat dialog: whom one may write to. */
@Component({ selector: 'cc-person-picker', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class PersonPicker {
  readonly people = input.required<readonly PersonView[]>();
  readonly loading = input(false);
  /** Whether loading failed, or the words to say so. */
  readonly error = input<boolean | string | null>(false);
  /** The side of whoever looks: students pick tutors, tutors pick students. */
  readonly role = input.required<Side>();
  readonly hasMore = input(false);

  readonly picked = output<PersonView>();
  /** What is in the search box; the people at hand are filtered here already. */
  readonly searchChanged = output<string>();
  readonly retry = output<void>();
  readonly loadMore = output<void>();
}
