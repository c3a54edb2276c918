import { Location } from '@angular/common';
import {
  ChangeDetectionStrategy,
  ChangeDetectorRef,
  Component,
  ElementRef,
  afterNextRender,
  computed,
  DOCUMENT,
  effect,
  inject,
  Injector,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { chatsFeature, messagesFeature } from '@course-chat/web/chat/state';
import type { Side } from '@course-chat/web/chat/ui';
import { Store } from '@ngrx/store';
import { commandOf, inDialog } from './chat-keys';
import { InboxPane } from './inbox-pane';
import { CHAT_FEATURE_LABELS } from './labels';
import { openNewChat, openShortcuts } from './open-dialog';
import { ThreadPane } from './thread-pane';
import { toSeq } from './to-seq';

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
    @if (listDrawn()) {
      <cc-inbox-pane class="inbox" [side]="side()" [activeId]="chatId()" (newChat)="newChat()" />
    }
    <section #thread class="thread" tabindex="-1" [class.empty]="!chatId()">
      @if (chatId(); as id) {
        <cc-thread-pane [chatId]="id" [seq]="seq()" [side]="side()" [focusOnOpen]="focusOnOpen" (back)="toList()" />
      } @else {
        <div class="hint">
          @if (!nothingToPick()) {
            <h2>{{ labels.pickChat }}</h2>
            <p>{{ labels.pickChatHint }}</p>
            <button type="button" (click)="newChat()">{{ labels.startChat }}</button>
          }
          @if (focusOnOpen) {
            <button type="button" class="quiet" (click)="help()">{{ labels.shortcutsTitle }}</button>
          }
        </div>
      }
    </section>
    <div role="status">
      @if (opening()) {
        <p class="dialogs opening">{{ labels.openingDialog }}</p>
      }
    </div>
    @if (notOpened()) {
      <p class="dialogs" role="alert">
        {{ labels.dialogFailed }}
        <button type="button" (click)="notOpened.set(false)">{{ labels.dismiss }}</button>
      </p>
    }
  `,
  styleUrl: './chat-workspace.css',
  host: {
    '[class.reading]': 'chatId() !== null',
    '(document:keydown)': 'onKey($event)',
    // There may be room for both now.
    '(window:resize)': 'listDrawn.set(true)',
  },
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
  private readonly document = inject(DOCUMENT);
  private readonly window = this.document.defaultView;
  protected readonly focusOnOpen = this.window?.matchMedia?.(WITH_KEYBOARD).matches ?? false;

  private readonly store = inject(Store);
  private readonly chats = this.store.selectSignal(chatsFeature.selectChatsState);
  private readonly threads = this.store.selectSignal(messagesFeature.selectThreads);
  /** Whether there is no chat yet: the list says so, and how to begin one. */
  protected readonly nothingToPick = computed(() => {
    const { list, ids } = this.chats();
    return list.status === 'ready' && ids.length === 0;
  });

  /** A chat that covers the list is drawn before it: a phone has enough to do. */
  protected readonly listDrawn = signal(this.chatId() === null || !this.onePane());

  /** Whether a dialog's code is on its way, or could not be loaded. */
  protected readonly opening = signal(false);
  protected readonly notOpened = signal(false);

  private readonly inbox = viewChild(InboxPane);
  private readonly thread = viewChild.required<ElementRef<HTMLElement>>('thread');
  /** Chats opened one after the other since the list was last alone; null where it never was. */
  private opened: number | null = null;

  constructor() {
    effect(() => {
      if (this.listDrawn()) return;
      const chatId = this.chatId();
      const thread = this.threads()[chatId ?? ''];
      if (chatId === null) this.listDrawn.set(true);
      else if (thread?.window || thread?.error)
        afterNextRender(() => setTimeout(() => this.listDrawn.set(true)), { injector: this.injector });
    });
    effect(() => {
      if (this.chatId() === null) this.opened = 0;
      else if (this.opened !== null) this.opened++;
    });
    let before: string | null | undefined;
    effect(() => {
      const [left, now] = [before, this.chatId()];
      before = now;
      // The pane that comes with the page takes nothing.
      if (left !== undefined) afterNextRender(() => this.followFocus(left, now), { injector: this.injector });
    });
  }

  /** Where one pane takes the place of the other, the focus goes along: into the chat, and back to its row. */
  private followFocus(left: string | null, now: string | null): void {
    const { activeElement, body } = this.document;
    if (!this.onePane() || (activeElement !== body && activeElement?.checkVisibility?.())) return;
    if (now !== null) this.thread().nativeElement.focus({ preventScroll: true });
    else if (left !== null) this.inbox()?.focusRow(left);
  }

  private onePane(): boolean {
    return this.window?.matchMedia?.(ONE_PANE).matches ?? false;
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
    else this.open(this.inbox()?.neighbour(command === 'next' ? 1 : -1) ?? null);
  }

  protected help(): void {
    void this.show(() => openShortcuts(this.injector));
  }

  /** At once, so that no key that follows goes astray; where one pane is shown at a time, the list has to come first. */
  private async find(): Promise<void> {
    if (this.chatId() !== null && this.onePane()) {
      await this.router.navigate([this.side() === 'tutor' ? '/tutor/chats' : '/chats']);
      this.changes.detectChanges();
    }
    this.inbox()?.focusSearch();
  }

  private open(link: string | null): void {
    if (link !== null) void this.router.navigateByUrl(link);
  }

  protected newChat(): void {
    void this.show(() => openNewChat(this.injector, this.side()));
  }

  private async show(open: () => Promise<void>): Promise<void> {
    this.notOpened.set(false);
    this.opening.set(true);
    await open().catch((error: unknown) => {
      console.warn('A dialog could not be loaded', error);
      this.notOpened.set(true);
    });
    this.opening.set(false);
  }
}
