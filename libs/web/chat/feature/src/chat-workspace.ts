import { Location } from '@angular/common';
import {
  ChangeDetectionStrategy,
  ChangeDetectorRef,
  Component,
  computed,
  DOCUMENT,
  effect,
  inject,
  Injector,
  input,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type { Side } from '@course-chat/web/chat/ui';
import { commandOf, inDialog } from './chat-keys';
import { InboxPane } from './inbox-pane';
import { CHAT_FEATURE_LABELS } from './labels';
import { openNewChat, openShortcuts } from './open-dialog';
import { ThreadPane } from './thread-pane';

/** Fine pointers have a keyboard that does not cover the page, so that the input may take the focus by itself. */
const WITH_KEYBOARD = '(hover: hover) and (pointer: fine)';

/** Below this width there is one pane at a time, as the style sheet has it. */
const ONE_PANE = '(width < 768px)';

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
          @if (focusOnOpen) {
            <button type="button" class="quiet" (click)="help()">{{ labels.shortcutsTitle }}</button>
          }
        </div>
      }
    </section>
  `,
  styleUrl: './chat-workspace.css',
  host: { '[class.reading]': 'chatId() !== null', '(document:keydown)': 'onKey($event)' },
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
  private readonly location = inject(Location);
  private readonly changes = inject(ChangeDetectorRef);
  private readonly window = inject(DOCUMENT).defaultView;
  protected readonly focusOnOpen = this.window?.matchMedia?.(WITH_KEYBOARD).matches ?? false;

  private readonly inbox = viewChild.required(InboxPane);
  /** Chats opened one after the other since the list was last alone; null where it never was. */
  private opened: number | null = null;

  constructor() {
    effect(() => {
      if (this.chatId() === null) this.opened = 0;
      else if (this.opened !== null) this.opened++;
    });
  }

  /** Back where one came from, so that the browser's own button does not lead into the chat again. */
  protected toList(): void {
    if (this.opened === 1) this.location.back();
    else void this.router.navigate([this.side() === 'tutor' ? '/tutor/chats' : '/chats']);
  }

  protected onKey(event: KeyboardEvent): void {
    const command = commandOf(event);
    if (!command || inDialog(event)) return;
    event.preventDefault();
    if (command === 'help') this.help();
    else if (command === 'find') void this.find();
    else this.open(this.inbox().neighbour(command === 'next' ? 1 : -1));
  }

  protected help(): void {
    void openShortcuts(this.injector);
  }

  /** At once, so that no key that follows goes astray; where one pane is shown at a time, the list has to come first. */
  private async find(): Promise<void> {
    if (this.chatId() !== null && this.window?.matchMedia?.(ONE_PANE).matches) {
      await this.router.navigate([this.side() === 'tutor' ? '/tutor/chats' : '/chats']);
      this.changes.detectChanges();
    }
    this.inbox().focusSearch();
  }

  private open(link: string | null): void {
    if (link !== null) void this.router.navigateByUrl(link);
  }

  protected newChat(): void {
    void openNewChat(this.injector, this.side());
  }
}

function toSeq(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
