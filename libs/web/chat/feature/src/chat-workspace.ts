import { ChangeDetectionStrategy, Component, computed, DOCUMENT, inject, Injector, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type { Side } from '@course-chat/web/chat/ui';
import { InboxPane } from './inbox-pane';
import { CHAT_FEATURE_LABELS } from './labels';
import { openNewChat } from './open-new-chat';
import { ThreadPane } from './thread-pane';

/** Fine pointers have a keyboard that does not cover the page, so that the input may take the focus by itself. */
const WITH_KEYBOARD = '(hover: hover) and (pointer: fine)';

/** The chat page of either side: the list and one chat beside each other, or one of them where the screen is narrow. */
@Component({
  selector: 'cc-chat-workspace',
  imports: [InboxPane, ThreadPane],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <cc-inbox-pane class="inbox" [side]="side()" [activeId]="chatId()" (newChat)="newChat()" />
    <section class="thread" [class.empty]="!chatId()">
      @if (chatId(); as id) {
        <cc-thread-pane [chatId]="id" [seq]="seq()" [side]="side()" [focusOnOpen]="focusOnOpen" (back)="toList()" />
      } @else {
        <div class="hint">
          <h2>{{ labels.pickChat }}</h2>
          <p>{{ labels.pickChatHint }}</p>
          <button type="button" (click)="newChat()">{{ labels.startChat }}</button>
        </div>
      }
    </section>
  `,
  styleUrl: './chat-workspace.css',
  host: { '[class.reading]': 'chatId() !== null' },
})
export class ChatWorkspace {
  readonly side = input.required<Side>();

  protected readonly labels = inject(CHAT_FEATURE_LABELS);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly injector = inject(Injector);
  private readonly params = toSignal(this.route.paramMap);
  private readonly query = toSignal(this.route.queryParamMap);
  protected readonly chatId = computed(() => this.params()?.get('chatId') ?? null);
  protected readonly seq = computed(() => toSeq(this.query()?.get('seq') ?? null));
  protected readonly focusOnOpen = inject(DOCUMENT).defaultView?.matchMedia?.(WITH_KEYBOARD).matches ?? false;

  protected toList(): void {
    void this.router.navigate([this.side() === 'tutor' ? '/tutor/chats' : '/chats']);
  }

  protected newChat(): void {
    void openNewChat(this.injector, this.side());
  }
}

function toSeq(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
