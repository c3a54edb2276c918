import { isEditable, type ChangeWindows } from '@course-chat/contracts';
import type { MessageView } from '@course-chat/web/chat/ui';
import type { ThreadItem } from '@course-chat/web/chat/state';
import type { ChatFeatureLabels } from './labels';

/** Thread items as the list shows them. A view stays the same object for as long as nothing in it changes. */
export class MessageViews {
  private readonly known = new WeakMap<ThreadItem, MessageView>();

  constructor(private readonly labels: Pick<ChatFeatureLabels, 'notSentReason'>) {}

  /** `now` in milliseconds; null for `windows` where the chat takes no changes any more. */
  of(items: readonly ThreadItem[], now: number, windows: ChangeWindows | null): MessageView[] {
    return items.map((item) => this.view(item, now, windows));
  }

  private view(item: ThreadItem, now: number, windows: ChangeWindows | null): MessageView {
    const changeable = item.own && item.seq !== null && !item.deleted;
    const age = changeable ? now - Date.parse(item.createdAt) : Number.POSITIVE_INFINITY;
    const canEdit = windows !== null && age < windows.editMs && isEditable(item.type);
    const canDelete = windows !== null && age < windows.deleteMs;
    const before = this.known.get(item);
    if (before && before.canEdit === canEdit && before.canDelete === canDelete) return before;
    const { failure, ...shown } = item;
    const view: MessageView = {
      ...shown,
      clientMessageId: viewKey(item),
      failureReason: failure && this.labels.notSentReason(failure),
      canEdit,
      canDelete,
    };
    this.known.set(item, view);
    return view;
  }
}

/** Anybody may reuse an id they have seen, so somebody else's is told apart from one's own by its sender. */
function viewKey({ own, senderId, clientMessageId }: ThreadItem): string {
  return own ? clientMessageId : `${senderId}/${clientMessageId}`;
}

/** A thread in which one message shows as deleted before it is. */
export function withoutText(
  messages: readonly MessageView[],
  removed: { clientMessageId: string } | null,
): readonly MessageView[] {
  if (!removed) return messages;
  return messages.map((message) =>
    message.own && message.clientMessageId === removed.clientMessageId
      ? { ...message, text: '', deleted: true, canEdit: false, canDelete: false }
      : message,
  );
}
