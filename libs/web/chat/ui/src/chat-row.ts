import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { waitingText } from '@course-chat/web/language';
import { Avatar } from './avatar';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import { NOW } from './minute-clock';
import type { ChatRowView } from './models';
import { TICKS } from './ticks';
import { pageLocale, rowTime } from './time-text';

/** One chat of the list: the whole row is one link, and its name begins with the person's. */
@Component({
  selector: 'cc-chat-row',
  imports: [Avatar, Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chat-row.html',
  styleUrls: ['./styles/shared.css', './styles/search.css', './chat-row.css'],
})
export class ChatRow {
  readonly row = input.required<ChatRowView>();
  /** Whether this chat is the open one. */
  readonly active = input(false);

  protected readonly labels = inject(CHAT_UI_LABELS);
  private readonly now = inject(NOW);
  protected readonly time = computed(() => {
    const { time } = this.row();
    return time === null ? null : rowTime(time, this.now(), this.labels, pageLocale());
  });
  protected readonly waits = computed(() => {
    const { waitingSince } = this.row();
    return waitingSince === null ? null : this.labels.waits(waitingText(waitingSince, this.now(), this.labels));
  });
  protected readonly tick = computed(() => {
    const { delivery, previewOwn, previewKind } = this.row();
    return delivery !== null && previewOwn && previewKind === 'text' ? TICKS[delivery] : null;
  });
}
