import { Service } from '@angular/core';
import type { EditedMessage } from '@course-chat/web/chat/ui';

/** Edits that were begun and neither saved nor cancelled, by person and chat: another page does not end them, a reload does. */
@Service()
export class UnfinishedEdits {
  private readonly edits = new Map<string, EditedMessage>();

  of(userId: string | null, chatId: string): EditedMessage | null {
    return this.edits.get(key(userId, chatId)) ?? null;
  }

  /** Null forgets it. */
  keep(userId: string | null, chatId: string, edit: EditedMessage | null): void {
    if (edit) this.edits.set(key(userId, chatId), edit);
    else this.edits.delete(key(userId, chatId));
  }
}

function key(userId: string | null, chatId: string): string {
  return `${userId}/${chatId}`;
}
