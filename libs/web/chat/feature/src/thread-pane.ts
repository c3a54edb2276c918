import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
import type { Chat } from '@course-chat/contracts';
import {
  chatsFeature,
  ChatPageActions,
  newClientMessageId,
  peerOf,
  selectIsTyping,
  selectThread,
  selectThreadItems,
} from '@course-chat/web/chat/state';
import {
  ChatHeader,
  ConnectionBanner,
  MessageInput,
  MessageList,
  type Connection,
  type EditedMessage,
  type HeaderView,
  type Side,
} from '@course-chat/web/chat/ui';
import { selectPresenceOf } from '@course-chat/web/presence';
import { connectionFeature } from '@course-chat/web/realtime';
import { Store } from '@ngrx/store';
import { CHAT_FEATURE_LABELS } from './labels';
import { MessageViews } from './message-views';

/** How often it is looked whether a message may still be edited. */
const WINDOWS_EVERY_MS = 15_000;

/** Where reading stood when a chat was opened. */
interface Opening {
  chatId: string;
  read: number;
  last: number;
}

/** One chat: its head, its messages, the input; wired to the store. */
@Component({
  selector: 'cc-thread-pane',
  imports: [ChatHeader, ConnectionBanner, MessageInput, MessageList],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './thread-pane.html',
  styleUrl: './thread-pane.css',
})
export class ThreadPane {
  readonly chatId = input.required<string>();
  /** The message a link points at. */
  readonly seq = input<number | null>(null);
  readonly side = input.required<Side>();
  readonly focusOnOpen = input(false);
  readonly back = output<void>();

  protected readonly actions = ChatPageActions;
  protected readonly store = inject(Store);
  protected readonly labels = inject(CHAT_FEATURE_LABELS);
  private readonly views = new MessageViews();
  private readonly now = signal(Date.now());

  private readonly state = this.store.selectSignal(chatsFeature.selectChatsState);
  private readonly status = this.store.selectSignal(connectionFeature.selectStatus);
  protected readonly connection = computed<Connection>(() => {
    const status = this.status();
    return status === 'idle' ? 'connecting' : status;
  });

  protected readonly chat = computed(() => this.state().entities[this.chatId()] ?? null);
  protected readonly refusal = computed(() => this.state().refused[this.chatId()] ?? null);
  /** Not mine, or not there: trying again will not help. */
  protected readonly missing = computed(() =>
    ['NOT_FOUND', 'FORBIDDEN', 'VALIDATION_FAILED', 'NOT_ENROLLED'].includes(this.refusal() ?? ''),
  );
  private readonly peer = computed(() => {
    const chat = this.chat();
    return chat && peerOf(chat, this.state().userId);
  });
  protected readonly peerName = computed(() => this.peer()?.name ?? '');

  private readonly selectedThread = computed(() => this.store.selectSignal(selectThread(this.chatId())));
  private readonly selectedItems = computed(() => this.store.selectSignal(selectThreadItems(this.chatId())));
  private readonly selectedTyping = computed(() => this.store.selectSignal(selectIsTyping(this.chatId())));
  private readonly selectedPresence = computed(() => this.store.selectSignal(selectPresenceOf(this.peer()?.id ?? '')));
  protected readonly thread = computed(() => this.selectedThread()());
  private readonly items = computed(() => this.selectedItems()());
  protected readonly typing = computed(() => this.selectedTyping()());
  private readonly writable = computed(() => this.chat()?.access === 'active');

  protected readonly messages = computed(() => this.views.of(this.items(), this.now(), this.writable()));
  protected readonly hasOlder = computed(() => (this.thread().window?.from ?? 1) > 1);
  protected readonly hasNewer = computed(() => this.thread().window !== null && !this.thread().live);
  protected readonly loading = computed(() => this.thread().window === null && this.thread().error === null);
  protected readonly failed = computed(() => this.thread().error !== null);

  /** Where reading stood when the chat was opened: the divider stays there while one reads on. */
  private readonly opening = linkedSignal<{ chatId: string; chat: Chat | null }, Opening | null>({
    source: () => ({ chatId: this.chatId(), chat: this.chat() }),
    computation: ({ chatId, chat }, before) => {
      if (before?.value && before.value.chatId === chatId) return before.value;
      return chat && { chatId, read: chat.me.readSeq, last: chat.lastSeq };
    },
  });
  protected readonly firstUnreadSeq = computed(() => {
    const opening = this.opening();
    if (!opening) return null;
    const first = this.items().find(
      ({ seq, own }) => !own && seq !== null && seq > opening.read && seq <= opening.last,
    );
    return first?.seq ?? null;
  });

  protected readonly header = computed<HeaderView | null>(() => {
    const [chat, peer] = [this.chat(), this.peer()];
    if (!chat || !peer) return null;
    const presence = this.selectedPresence()();
    // Before anything was heard of the person, the chat's own snapshot counts.
    const { online, lastSeenAt } = presence.at > 0 ? presence : chat.peer;
    return {
      name: peer.name,
      avatarUrl: peer.avatarUrl,
      online,
      lastSeenAt,
      typing: this.typing(),
      courseId: chat.course.id,
      courseTitle: chat.course.title,
      courseLink: this.side() === 'student' ? `/courses/${chat.course.id}` : null,
      readOnly: !this.writable(),
    };
  });

  protected readonly draft = computed(() => this.state().drafts[this.chatId()] ?? '');
  protected readonly disabledReason = computed(() => {
    if (!this.chat() || this.writable()) return null;
    return this.side() === 'student' ? this.labels.readOnlyForStudent : this.labels.readOnlyForTutor;
  });
  protected readonly notice = computed(() => {
    const notice = this.state().notice;
    if (!notice) return null;
    return notice.about === 'edit' ? this.labels.editRefused(notice.code) : this.labels.deleteRefused(notice.code);
  });
  /** The message under edit; another chat ends it. */
  protected readonly editing = linkedSignal<string, EditedMessage | null>({
    source: this.chatId,
    computation: () => null,
  });

  constructor() {
    const timer = setInterval(() => this.now.set(Date.now()), WINDOWS_EVERY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
    const userId = this.store.selectSignal(chatsFeature.selectUserId);
    effect((onCleanup) => {
      const [chatId, seq] = [this.chatId(), this.seq()];
      // A page that is reloaded on a chat has to wait for its person: a session that starts empties the slices.
      if (userId() === null) return;
      untracked(() => this.store.dispatch(ChatPageActions.chatOpened({ chatId, seq })));
      onCleanup(() => this.store.dispatch(ChatPageActions.chatClosed({ chatId })));
    });
  }

  protected send(text: string): void {
    const [clientMessageId, at] = [newClientMessageId(), new Date().toISOString()];
    this.now.set(Date.now());
    this.store.dispatch(ChatPageActions.messageSubmitted({ chatId: this.chatId(), clientMessageId, text, at }));
  }

  protected startEdit(clientMessageId: string): void {
    const message = this.messages().find((m) => m.clientMessageId === clientMessageId);
    if (message?.canEdit) this.editing.set({ clientMessageId, text: message.text });
  }

  protected editLast(): void {
    const last = this.messages().findLast(({ own, deleted }) => own && !deleted);
    if (last) this.startEdit(last.clientMessageId);
  }

  protected submitEdit({ clientMessageId, text }: EditedMessage): void {
    const before = this.messages().find((m) => m.own && m.clientMessageId === clientMessageId);
    this.editing.set(null);
    if (!before || before.seq === null || before.text === text) return;
    this.store.dispatch(ChatPageActions.editSubmitted({ chatId: this.chatId(), seq: before.seq, text }));
  }

  protected remove(clientMessageId: string): void {
    const message = this.messages().find((m) => m.own && m.clientMessageId === clientMessageId);
    if (!message || message.seq === null) return;
    if (this.editing()?.clientMessageId === clientMessageId) this.editing.set(null);
    this.store.dispatch(ChatPageActions.removeRequested({ chatId: this.chatId(), seq: message.seq }));
  }

  protected tryAgain(): void {
    this.store.dispatch(ChatPageActions.chatOpened({ chatId: this.chatId(), seq: this.seq() }));
  }
}
