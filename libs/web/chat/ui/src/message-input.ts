import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { TEXT_MAX_CHARACTERS, countCharacters, hasVisibleCharacter, textSchema } from '@course-chat/contracts';
import { Icon } from './icon';
import { CHAT_UI_LABELS, COUNTER_FROM_CHARACTERS } from './labels';
import type { Connection, EditedMessage } from './models';
import { secondsLeft } from './seconds-left';

// What browsers report for a key while an input method composes, where `isComposing` is not set (Safari's last key).
const COMPOSING_KEY_CODE = 229;

/** Where a message is written. Holds its text itself; the page keeps a copy through `draftChanged`. */
@Component({
  selector: 'cc-message-input',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-input.html',
  styleUrls: ['./styles/shared.css', './message-input.css'],
})
export class MessageInput {
  readonly peerName = input.required<string>();
  /** A new one takes over `initialDraft`. */
  readonly chatId = input<string | null>(null);
  /** Why nothing can be written here, in plain words; null when one can. */
  readonly disabledReason = input<string | null>(null);
  readonly connection = input<Connection>('online');
  /** Taken over when the chat opens, and later only as long as nothing was typed. */
  readonly initialDraft = input('');
  readonly editing = input<EditedMessage | null>(null);
  /** Until when the server takes no message, in milliseconds of the device's clock; null while it does. */
  readonly heldUntil = input<number | null>(null);
  /** Whether to take the focus when a chat opens. */
  readonly focusOnOpen = input(false);

  /** The text as it is to be stored: checked and trimmed. */
  readonly send = output<string>();
  /** Every keystroke that leaves text; throttling is the receiver's. */
  readonly typing = output<void>();
  readonly stoppedTyping = output<void>();
  /** The text as it stands, '' once sent. Never while a message is under edit. */
  readonly draftChanged = output<string>();
  /** The text of the message under edit as it stands. */
  readonly editChanged = output<EditedMessage>();
  readonly editSubmitted = output<EditedMessage>();
  readonly editCancelled = output<void>();
  /** Arrow up in an empty input. */
  readonly editLastRequested = output<void>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  private readonly injector = inject(Injector);
  protected readonly max = TEXT_MAX_CHARACTERS;
  protected readonly text = signal('');
  /** Why the text was refused; cleared by the next change. */
  protected readonly refusal = signal<string | null>(null);
  protected readonly blank = computed(() => !hasVisibleCharacter(this.text()));
  protected readonly count = computed(() => countCharacters(this.text().trim()));
  protected readonly counted = computed(() => this.count() >= COUNTER_FROM_CHARACTERS);
  protected readonly tooLong = computed(() => this.count() > TEXT_MAX_CHARACTERS);
  protected readonly problem = computed(() =>
    this.tooLong() ? this.labels.tooLong(TEXT_MAX_CHARACTERS) : this.refusal(),
  );
  protected readonly later = computed(
    () => this.connection() === 'offline' && !this.blank() && this.editing() === null,
  );

  protected readonly heldFor = secondsLeft(this.heldUntil);

  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');
  /** What was written before an edit began. */
  private draft = '';
  private openedChat: string | null | undefined;
  private edited: string | null = null;
  private touched = false;
  private typingSent = false;

  constructor() {
    effect(() => {
      const [chatId, draft] = [this.chatId(), this.initialDraft()];
      untracked(() => this.openChat(chatId, draft));
    });
    effect(() => {
      const editing = this.editing();
      untracked(() => this.openEdit(editing));
    });
    afterRenderEffect({
      mixedReadWrite: () => {
        this.text();
        grow(this.box()?.nativeElement);
      },
    });
  }

  /** Puts the cursor at the end of the text. */
  focus(): void {
    const box = this.box()?.nativeElement;
    box?.focus({ preventScroll: true });
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  protected onInput(value: string): void {
    this.text.set(value);
    this.refusal.set(null);
    this.touched = true;
    const editing = this.editing();
    if (editing) {
      this.editChanged.emit({ clientMessageId: editing.clientMessageId, text: value });
      return;
    }
    this.draftChanged.emit(value);
    if (this.blank()) this.stopTyping();
    else {
      this.typingSent = true;
      this.typing.emit();
    }
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return;
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.key === 'Enter' && plain) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'Escape' && this.editing()) {
      event.preventDefault();
      event.stopPropagation();
      this.editCancelled.emit();
    } else if (event.key === 'ArrowUp' && plain && this.text() === '' && !this.editing()) {
      event.preventDefault();
      this.editLastRequested.emit();
    }
  }

  protected submit(): void {
    const editing = this.editing();
    if (!this.blank() && this.disabledReason() === null) {
      const text = textSchema.safeParse(this.text());
      if (!text.success) this.refusal.set(this.tooLong() ? null : this.labels.forbiddenCharacters);
      else if (editing) this.editSubmitted.emit({ clientMessageId: editing.clientMessageId, text: text.data });
      else this.sendOff(text.data);
    }
    this.box()?.nativeElement.focus({ preventScroll: true });
  }

  protected stopTyping(): void {
    if (!this.typingSent) return;
    this.typingSent = false;
    this.stoppedTyping.emit();
  }

  private sendOff(text: string): void {
    this.send.emit(text);
    this.replaceText('');
    this.draftChanged.emit('');
    this.stopTyping();
  }

  /** A draft comes in when the chat opens. Later it is only the echo of what was typed, perhaps an old one. */
  private openChat(chatId: string | null, draft: string): void {
    const opens = this.openedChat !== chatId;
    if (opens) {
      this.openedChat = chatId;
      this.touched = this.typingSent = false;
      this.refusal.set(null);
      if (this.focusOnOpen()) afterNextRender(() => this.focus(), { injector: this.injector });
    }
    if (!opens && this.touched) return;
    if (this.edited === null) this.replaceText(draft);
    else this.draft = draft;
  }

  private openEdit(editing: EditedMessage | null): void {
    const before = this.edited;
    this.edited = editing?.clientMessageId ?? null;
    if (before === this.edited) return;
    if (before === null) this.draft = this.text();
    this.replaceText(editing ? editing.text : this.draft);
    this.refusal.set(null);
    this.stopTyping();
    afterNextRender(() => this.focus(), { injector: this.injector });
  }

  private replaceText(text: string): void {
    this.text.set(text);
    this.refusal.set(null);
  }
}

/**
 * As high as its text; the most is set in CSS. The line keeps its height while the text is measured: were it low for a
 * moment, the messages above would be scrolled for good.
 */
function grow(box: HTMLTextAreaElement | undefined): void {
  const line = box?.parentElement;
  if (!box || !line) return;
  line.style.minBlockSize = `${line.offsetHeight}px`;
  box.style.blockSize = 'auto';
  box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  line.style.minBlockSize = '';
}
