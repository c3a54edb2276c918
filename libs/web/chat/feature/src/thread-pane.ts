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
  viewChild,
} from '@angular/core';
import type { Chat, MessageContent } from '@course-chat/contracts';
import {
  chatsFeature,
  ChatPageActions,
  messagesFeature,
  newClientMessageId,
  peerOf,
  selectIsTyping,
  selectThread,
  selectThreadItems,
  ServerClock,
} from '@course-chat/web/chat/state';
import {
  ChatHeader,
  ConnectionBanner,
  MessageInput,
  MessageList,
  secondsLeft,
  UndoBar,
  type Connection,
  type HeaderView,
  type Side,
} from '@course-chat/web/chat/ui';
import { selectPresenceOf } from '@course-chat/web/presence';
import { connectionFeature } from '@course-chat/web/realtime';
import { Store } from '@ngrx/store';
import { COURSE_LINK } from './course-link';
import { CHAT_FEATURE_LABELS } from './labels';
import { MessageViews, withoutText } from './message-views';
import { nameOf } from './row-views';
import { ThreadChanges } from './thread-changes';

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
  imports: [ChatHeader, ConnectionBanner, MessageInput, MessageList, UndoBar],
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
  private readonly courseLink = inject(COURSE_LINK);
  protected readonly input = viewChild(MessageInput);
  private readonly views = new MessageViews(this.labels);
  private readonly clock = inject(ServerClock);
  /** Grows while time passes: what may still be changed depends on it. */
  private readonly ticks = signal(0);

  private readonly state = this.store.selectSignal(chatsFeature.selectChatsState);
  private readonly held = this.store.selectSignal(messagesFeature.selectHeldUntil);
  private readonly status = this.store.selectSignal(connectionFeature.selectStatus);
  protected readonly connection = computed<Connection>(() => {
    const status = this.status();
    return status === 'idle' ? 'connecting' : status;
  });

  protected readonly chat = computed(() => this.state().entities[this.chatId()] ?? null);
  private readonly remembered = computed(() => this.state().remembered.includes(this.chatId()));
  protected readonly refusal = computed(() => this.state().refused[this.chatId()] ?? null);
  /** Not mine, or not there: trying again will not help. */
  protected readonly missing = computed(() =>
    ['NOT_FOUND', 'FORBIDDEN', 'VALIDATION_FAILED', 'NOT_ENROLLED'].includes(this.refusal() ?? ''),
  );
  private readonly peer = computed(() => {
    const chat = this.chat();
    return chat && peerOf(chat, this.state().userId);
  });
  protected readonly peerName = computed(() => {
    const peer = this.peer();
    return peer ? nameOf(peer, this.labels) : '';
  });

  private readonly selectedThread = computed(() => this.store.selectSignal(selectThread(this.chatId())));
  private readonly selectedItems = computed(() => this.store.selectSignal(selectThreadItems(this.chatId())));
  private readonly selectedTyping = computed(() => this.store.selectSignal(selectIsTyping(this.chatId())));
  private readonly selectedPresence = computed(() => this.store.selectSignal(selectPresenceOf(this.peer()?.id ?? '')));
  protected readonly thread = computed(() => this.selectedThread()());
  private readonly items = computed(() => this.selectedItems()());
  protected readonly typing = computed(() => this.selectedTyping()());
  private readonly writable = computed(() => this.chat()?.access === 'active');

  private readonly settled = computed(() => {
    this.ticks();
    return this.views.of(this.items(), this.clock.now(), this.writable() ? this.state().windows : null);
  });
  protected readonly hasOlder = computed(() => (this.thread().window?.from ?? 1) > 1);
  protected readonly hasNewer = computed(() => this.thread().window !== null && !this.thread().live);
  /** What this device remembers is shown at once, but the chat opens where it should with what the server says. */
  protected readonly loading = computed(() => {
    const { window, error, loading, fromDevice } = this.thread();
    return window === null ? error === null : fromDevice && loading !== null;
  });
  protected readonly failed = computed(() => this.thread().error !== null);

  /** Where reading stood when the chat was opened: the divider stays there while one reads on. */
  private readonly opening = linkedSignal<{ chatId: string; chat: Chat | null }, Opening | null>({
    source: () => ({ chatId: this.chatId(), chat: this.remembered() ? null : this.chat() }),
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
    return {
      name: this.peerName(),
      avatarUrl: peer.avatarUrl,
      presence: this.selectedPresence()(),
      typing: this.typing(),
      courseId: chat.course.id,
      courseTitle: chat.course.title,
      courseLink: this.side() === 'student' ? this.courseLink(chat.course.id) : null,
      readOnly: !this.writable(),
    };
  });

  protected readonly draft = computed(() => this.state().drafts[this.chatId()] ?? '');
  protected readonly disabledReason = computed(() => {
    if (!this.chat() || this.writable()) return null;
    return this.side() === 'student' ? this.labels.readOnlyForStudent : this.labels.readOnlyForTutor;
  });
  protected readonly changes = new ThreadChanges(this.chatId, this.settled);
  /** The same, without what is being deleted: until that is sent, it can be taken back. */
  protected readonly messages = computed(() => withoutText(this.settled(), this.changes.removal.current()));
  protected readonly retryIn = secondsLeft(computed(() => this.changes.notice()?.retryAt ?? null));
  /** Until when the server takes no message, if one waits for that. */
  protected readonly heldUntil = computed(() =>
    this.items().some(({ delivery }) => delivery === 'queued') ? (this.held()[this.chatId()] ?? null) : null,
  );

  constructor() {
    const timer = setInterval(() => this.ticks.update((ticks) => ticks + 1), WINDOWS_EVERY_MS);
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

  protected send(content: MessageContent): void {
    const [clientMessageId, at] = [newClientMessageId(), new Date(this.clock.now()).toISOString()];
    this.store.dispatch(ChatPageActions.messageSubmitted({ ...content, chatId: this.chatId(), clientMessageId, at }));
  }

  protected tryAgain(): void {
    this.store.dispatch(ChatPageActions.chatOpened({ chatId: this.chatId(), seq: this.seq() }));
  }
}
