import { Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Store } from '@ngrx/store';
import { selectUnreadTotal } from '@course-chat/web/chat/state';
import { Icon } from '@course-chat/web/chat/ui/parts';
import { PORTAL_LABELS } from '../portal.labels';
import { afterRendering } from '../state/after-rendering';
import { AccountButton } from './account-button';
import { Badge } from './badge';
import { currentAddress } from './current-address';
import { Logo } from './logo';

/** The tutor's area: a bar above, a rail beside the page; on a phone the rail becomes the bar at the bottom. */
@Component({
  selector: 'cc-tutor-layout',
  imports: [AccountButton, Badge, Icon, Logo, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './tutor-layout.html',
  styleUrls: ['./frame.css', './tutor-layout.css'],
  host: { '[class.filled]': 'address().chats', '[class.thread]': 'address().thread' },
})
export class TutorLayout {
  protected readonly labels = inject(PORTAL_LABELS);
  protected readonly unread = inject(Store).selectSignal(selectUnreadTotal);
  /** The frame is drawn first, and the page then. */
  protected readonly framed = afterRendering();
  protected readonly address = currentAddress();
}
