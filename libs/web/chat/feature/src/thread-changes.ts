import { computed, effect, inject, linkedSignal, untracked, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { AccountMenuActions } from '@course-chat/web/auth';
import { chatsFeature, ChatPageActions } from '@course-chat/web/chat/state';
import type { EditedMessage, MessageView } from '@course-chat/web/chat/ui';
import { Actions, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import { CHAT_FEATURE_LABELS } from './labels';
import { PendingRemoval } from './pending-removal';
import { UnfinishedEdits } from './unfinished-edits';

/** Editing and deleting in the open chat. Made in an injection context, once for a page. */
export class ThreadChanges {
  private readonly store = inject(Store);
  private readonly labels = inject(CHAT_FEATURE_LABELS);
  private readonly unfinished = inject(UnfinishedEdits);
  private readonly userId = this.store.selectSignal(chatsFeature.selectUserId);
  private readonly refusal = this.store.selectSignal(chatsFeature.selectNotice);
  readonly removal = new PendingRemoval(({ chatId, seq }) =>
    this.store.dispatch(ChatPageActions.removeRequested({ chatId, seq })),
  );

  /** The message under edit: each chat has its own, and it is still there when one comes back. */
  readonly editing = linkedSignal<string, EditedMessage | null>({
    source: () => this.chatId(),
    computation: (chatId) => this.unfinished.of(this.userId(), chatId),
  });

  /** What was refused in this chat, in words; `retryAt` where waiting helps, in milliseconds of the device's clock. */
  readonly notice = computed(() => {
    const refusal = this.refusal();
    if (refusal?.chatId !== this.chatId()) return null;
    const { about, seq, code, retryAt } = refusal;
    const isGone = this.messages().some((message) => message.own && message.seq === seq && message.deleted);
    const { editRefused, editOfDeleted, deleteRefused } = this.labels;
    return { text: about === 'delete' ? deleteRefused(code) : isGone ? editOfDeleted : editRefused(code), retryAt };
  });

  constructor(
    private readonly chatId: Signal<string>,
    /** What the thread shows. */
    private readonly messages: Signal<readonly MessageView[]>,
  ) {
    let handled: unknown = null;
    effect(() => {
      const refusal = this.refusal();
      if (!refusal || refusal === handled || refusal.chatId !== this.chatId() || refusal.text === null) return;
      const message = this.messages().find(({ own, seq }) => own && seq === refusal.seq);
      if (!message) return;
      handled = refusal;
      const { text } = refusal;
      untracked(() => this.giveBack({ clientMessageId: message.clientMessageId, text }));
    });
    inject(Actions)
      .pipe(ofType(AccountMenuActions.logoutRequested), takeUntilDestroyed())
      .subscribe(() => this.removal.commit());
    effect(() => {
      const chatId = this.chatId();
      untracked(() => {
        if (this.removal.current()?.chatId !== chatId) this.removal.commit();
      });
    });
  }

  startEdit(clientMessageId: string): void {
    const message = this.find(clientMessageId);
    if (message?.canEdit) this.keep({ clientMessageId, text: message.text });
  }

  editLast(): void {
    const removed = this.removal.current()?.clientMessageId;
    const last = this.messages().findLast((one) => one.own && !one.deleted && one.clientMessageId !== removed);
    if (last) this.startEdit(last.clientMessageId);
  }

  /** What is being typed over a message: kept, but not handed back to the input it comes from. */
  editChanged(edit: EditedMessage): void {
    this.unfinished.keep(this.userId(), this.chatId(), edit);
  }

  cancelEdit(): void {
    this.keep(null);
    this.dismiss();
  }

  submitEdit({ clientMessageId, text }: EditedMessage): void {
    const before = this.find(clientMessageId);
    this.keep(null);
    this.dismiss();
    if (!before || before.seq === null || before.text === text) return;
    this.store.dispatch(ChatPageActions.editSubmitted({ chatId: this.chatId(), seq: before.seq, text }));
  }

  remove(clientMessageId: string): void {
    const message = this.find(clientMessageId);
    if (!message || message.seq === null) return;
    if (this.editing()?.clientMessageId === clientMessageId) this.keep(null);
    this.dismiss();
    this.removal.begin({ chatId: this.chatId(), seq: message.seq, clientMessageId });
  }

  dismiss(): void {
    if (this.refusal()) this.store.dispatch(ChatPageActions.noticeDismissed());
  }

  /** Nothing typed is lost: what was refused is in the input again, unless another edit has begun there. */
  private giveBack(edit: EditedMessage): void {
    if (this.editing() === null) this.keep(edit);
  }

  private keep(edit: EditedMessage | null): void {
    this.unfinished.keep(this.userId(), this.chatId(), edit);
    this.editing.set(edit);
  }

  private find(clientMessageId: string): MessageView | undefined {
    return this.messages().find((message) => message.own && message.clientMessageId === clientMessageId);
  }
}
