import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { QUERY_MAX_CHARACTERS } from '@course-chat/contracts';
import { Avatar } from './avatar';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import type { PersonView, Side } from './models';
import { findPeople } from './person-search';

/** The body of the new-chat dialog: whom one may write to. */
@Component({
  selector: 'cc-person-picker',
  imports: [Avatar, Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  // Written as a plain attribute, the input `role` would stay on the element as an ARIA role that does not exist.
  host: { '[attr.role]': 'null' },
  templateUrl: './person-picker.html',
  styleUrls: ['./styles/shared.css', './styles/search.css', './person-picker.css'],
})
export class PersonPicker {
  readonly people = input.required<readonly PersonView[]>();
  readonly loading = input(false);
  /** Whether loading failed, or the words to say so. */
  readonly error = input<boolean | string | null>(false);
  /** The side of whoever looks: students pick tutors, tutors pick students. */
  readonly role = input.required<Side>();
  readonly hasMore = input(false);
  /** Whether further people are on their way. */
  readonly loadingMore = input(false);

  readonly picked = output<PersonView>();
  /** What is in the search box; the people at hand are filtered here already. */
  readonly searchChanged = output<string>();
  readonly retry = output<void>();
  readonly loadMore = output<void>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  protected readonly queryMax = QUERY_MAX_CHARACTERS;
  protected readonly bones = [0, 1, 2, 3];
  protected readonly query = signal('');
  protected readonly found = computed(() => findPeople(this.people(), this.query()));
  protected readonly searchLabel = computed(() =>
    this.role() === 'student' ? this.labels.searchTutors : this.labels.searchStudents,
  );
  protected readonly listLabel = computed(() =>
    this.role() === 'student' ? this.labels.tutors : this.labels.students,
  );
  protected readonly errorText = computed(() => {
    const error = this.error();
    return error ? (typeof error === 'string' ? error : this.labels.peopleFailed) : null;
  });

  protected search(query: string): void {
    this.query.set(query);
    this.searchChanged.emit(query);
  }

  protected more(): void {
    if (!this.loadingMore()) this.loadMore.emit();
  }
}
