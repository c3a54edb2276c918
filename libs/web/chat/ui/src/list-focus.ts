import { computed, signal, type Signal } from '@angular/core';
import type { ListViewport } from './list-viewport';
import type { MessageRow } from './message-rows';
import type { MessageView } from './models';

/** What the keyboard needs to know of a list, and what it asks of it. */
export interface FocusableList {
  messages: Signal<readonly MessageView[]>;
  rows: Signal<readonly MessageRow[]>;
  scroller(): HTMLElement;
  viewport(): ListViewport | null;
  /** Puts a message into the DOM that is not there yet. */
  bring(index: number, key: string): void;
}

/**
 * The keyboard in a list of messages: one tab stop for all of them, arrow keys inside. The focus is kept by the message's key, so
 * it stays with its message while rows come and go, and in the list when the message itself leaves the DOM.
 */
export class ListFocus {
  private readonly focusKey = signal<string | null>(null);
  /** The message Tab leads to while none has been focused: one that is on screen, so that nothing is scrolled by it. */
  private readonly restKey = signal<string | null>(null);
  /** The one message in the tab order. */
  readonly tabStop = computed(() => {
    const rows = this.list.rows();
    const there = (key: string | null) => key !== null && rows.some((row) => row.key === key);
    for (const key of [this.focusKey(), this.restKey()]) if (there(key)) return key;
    return rows[rows.length - 1]?.key ?? null;
  });
  private wanted: string | null = null;
  private holdsFocus = false;

  constructor(private readonly list: FocusableList) {}

  reset(): void {
    this.wanted = null;
    this.focusKey.set(null);
    this.restKey.set(null);
  }

  /** Looks where the view came to rest. */
  rest(): void {
    if (this.focusKey() !== null && this.holdsFocus) return;
    this.focusKey.set(null);
    this.restKey.set(this.list.messages()[this.lastShown() ?? -1]?.clientMessageId ?? null);
  }

  onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const last = this.list.messages().length - 1;
    const at = this.focusedIndex();
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.focus(Math.max(0, Math.min(last, to)));
  }

  onFocusIn(event: FocusEvent): void {
    this.holdsFocus = true;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null;
    if (row?.dataset['key']) this.focusKey.set(row.dataset['key']);
  }

  onFocusOut({ target, relatedTarget }: FocusEvent): void {
    if (relatedTarget !== null) this.holdsFocus = false;
    // Nothing took the focus: either nobody has it now, or the message is just leaving the DOM.
    else setTimeout(() => (this.holdsFocus &&= !(target instanceof Node && target.isConnected)));
  }

  /** Focuses the message that was asked for once it is in the DOM; the keyboard stays in the list when its message left. */
  follow(): void {
    if (this.wanted !== null) {
      const viewport = this.list.viewport();
      const element = viewport?.elementOf(this.wanted)?.querySelector<HTMLElement>('[role="article"]');
      if (!viewport || !element) return;
      viewport.reveal(this.wanted);
      this.wanted = null;
      element.focus({ preventScroll: true });
    } else if (this.holdsFocus && document.activeElement === document.body) {
      this.list.scroller().focus({ preventScroll: true });
    }
  }

  private focus(index: number): void {
    const key = this.list.messages()[index]?.clientMessageId;
    if (key === undefined) return;
    this.wanted = key;
    this.focusKey.set(key);
    if (this.list.rows().some((row) => row.key === key)) this.follow();
    else this.list.bring(index, key);
  }

  /** The message the arrow keys start from: the focused one, else the one below the last on screen. */
  private focusedIndex(): number {
    const focused = this.list.rows().find((row) => row.key === this.focusKey());
    return focused?.index ?? this.lastShown() ?? this.list.messages().length;
  }

  private lastShown(): number | null {
    const viewport = this.list.viewport();
    const shown = viewport?.placed.filter((row) => row.bottom <= viewport.view.top + viewport.view.height) ?? [];
    return shown[shown.length - 1]?.index ?? null;
  }
}
