import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Store } from '@ngrx/store';
import { selectUser } from '@course-chat/web/auth';
import { selectUnreadTotal } from '@course-chat/web/chat/state';
import { Icon } from '@course-chat/web/chat/ui/parts';
import { PORTAL_LABELS } from '../portal.labels';
import { afterRendering } from '../state/after-rendering';
import { AccountButton } from './account-button';
import { Badge } from './badge';
import { CartLink } from './cart-link';
import { currentAddress } from './current-address';
import { Logo } from './logo';

/** The learning portal's frame: a header above the page. Tutors see it too when they look at a course. */
@Component({
  selector: 'cc-student-layout',
  imports: [AccountButton, Badge, CartLink, Icon, Logo, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './student-layout.html',
  styleUrls: ['./frame.css', './tool.css', './student-layout.css'],
  host: { '[class.filled]': 'address().chats', '[class.thread]': 'address().thread' },
})
export class StudentLayout {
  protected readonly labels = inject(PORTAL_LABELS);
  private readonly store = inject(Store);

  private readonly user = this.store.selectSignal(selectUser);
  protected readonly tutor = computed(() => this.user()?.role === 'tutor');
  protected readonly student = computed(() => this.user()?.role === 'student');
  protected readonly unread = this.store.selectSignal(selectUnreadTotal);
  /** The frame is drawn first, and the page then. */
  protected readonly framed = afterRendering();
  protected readonly address = currentAddress();

  // The two courses pages differ by their query alone.
  protected readonly exactly = {
    paths: 'exact',
    queryParams: 'exact',
    fragment: 'ignored',
    matrixParams: 'ignored',
  } as const;
}
