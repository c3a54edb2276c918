import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Avatar } from './avatar';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';
import { NOW } from './minute-clock';
import type { HeaderView } from './models';
import { pageLocale, presenceText } from './time-text';

/** The head of a thread: who, whether they are there, which course. */
@Component({
  selector: 'cc-chat-header',
  imports: [Avatar, Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button type="button" class="round-button back" [attr.aria-label]="labels.backToChats" (click)="back.emit()">
      <cc-icon name="back" />
    </button>
    <cc-avatar
      [name]="header().name"
      [avatarUrl]="header().avatarUrl"
      [online]="header().presence?.online ?? false"
      [size]="38"
    />
    <div class="who">
      <h2>
        <bdi>{{ header().name }}</bdi>
      </h2>
      <p>
        <span class="status" [class.live]="header().typing">{{ status() }}</span>
        @if (header().courseLink; as link) {
          <a class="course" [routerLink]="link" [title]="labels.openCourse(header().courseTitle)"
            ><bdi class="chip">{{ header().courseTitle }}</bdi></a
          >
        } @else {
          <bdi class="chip">{{ header().courseTitle }}</bdi>
        }
        @if (header().readOnly) {
          <span class="chip closed">{{ labels.readOnly }}</span>
        }
      </p>
    </div>
    @for (call of calls; track call.icon) {
      <span class="call">
        <button
          type="button"
          class="round-button"
          aria-disabled="true"
          [attr.aria-label]="call.label"
          [attr.aria-describedby]="'cc-' + call.icon + '-later'"
        >
          <cc-icon [name]="call.icon" />
        </button>
        <span class="tip" role="tooltip" [id]="'cc-' + call.icon + '-later'">{{ labels.callsLater }}</span>
      </span>
    }
  `,
  styleUrls: ['./styles/shared.css', './chat-header.css'],
})
export class ChatHeader {
  readonly header = input.required<HeaderView>();

  /** The back button of a phone. */
  readonly back = output<void>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  private readonly now = inject(NOW);
  protected readonly calls = [
    { icon: 'phone', label: this.labels.voiceCall },
    { icon: 'video', label: this.labels.videoCall },
  ] as const;
  protected readonly status = computed(() => {
    const { typing, presence } = this.header();
    if (typing) return this.labels.typing;
    return presence ? presenceText(presence, this.now(), this.labels, pageLocale()) : '';
  });
}
