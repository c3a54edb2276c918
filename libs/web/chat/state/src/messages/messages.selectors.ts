import { createSelector } from '@ngrx/store';
import { contentOf, typeOf, type Message, type MessageContent } from '@course-chat/contracts';
import type { CommandErrorCode } from '@course-chat/web/realtime';
import { chatsFeature } from '../chats/chats.feature';
import { deliveryOf, type Delivery } from '../outbox/delivery';
import { entriesOf, unsent, type OutboxEntry } from '../outbox/outbox';
import { messagesFeature } from './messages.feature';
import { emptyThread, endsOnScreen, shownMessages, type Overlay, type Thread } from './thread';

/** One message of a thread, stored or not, with own unconfirmed changes applied. */
export interface ThreadItem extends MessageContent {
  clientMessageId: string;
  /** Null until the thread shows its place. */
  seq: number | null;
  senderId: string;
  own: boolean;
  type: Message['type'];
  /** ISO 8601. */
  createdAt: string;
  edited: boolean;
  deleted: boolean;
  delivery: Delivery;
  /** Why it was not sent. */
  failure: CommandErrorCode | null;
}

/** The thread of one chat; an empty one before it was opened. */
export function selectThread(chatId: string) {
  return createSelector(messagesFeature.selectThreads, (threads): Thread => threads[chatId] ?? emptyThread);
}

/** Whether messages wait to be stored: what a logout asks about. */
export const selectHasUnsent = createSelector(messagesFeature.selectOutbox, (outbox) => unsent(outbox).length > 0);

function storedItem(message: Message, overlay: Overlay | undefined, own: boolean, delivery: Delivery): ThreadItem {
  const deleted = message.deletedAt !== null || overlay?.kind === 'delete';
  return {
    clientMessageId: message.clientMessageId,
    seq: message.seq,
    senderId: message.senderId,
    own,
    type: message.type,
    ...(deleted ? { text: '' } : contentOf(message)),
    ...(!deleted && overlay?.kind === 'edit' && { text: overlay.text }),
    createdAt: message.createdAt,
    edited: !deleted && (message.editedAt !== null || overlay?.kind === 'edit'),
    deleted,
    delivery,
    failure: null,
  };
}

function waitingItem(entry: OutboxEntry): ThreadItem {
  // Stored in a place that cannot be shown yet: to the eye it is still on its way.
  const delivery = entry.seq === null ? entry.state : 'sending';
  return {
    clientMessageId: entry.clientMessageId,
    seq: null,
    senderId: entry.senderId,
    own: true,
    type: typeOf(entry),
    ...contentOf(entry),
    createdAt: entry.createdAt,
    edited: false,
    deleted: false,
    delivery,
    failure: entry.failure,
  };
}

/** An item as it was, as long as nothing it is made of has changed: what did not change is not drawn again. */
class ItemCache {
  private readonly known = new WeakMap<
    Message,
    { overlay: Overlay | undefined; delivery: Delivery; item: ThreadItem }
  >();

  item(message: Message, overlay: Overlay | undefined, own: boolean, delivery: Delivery): ThreadItem {
    const before = this.known.get(message);
    if (before && before.overlay === overlay && before.delivery === delivery && before.item.own === own)
      return before.item;
    const item = storedItem(message, overlay, own, delivery);
    this.known.set(message, { overlay, delivery, item });
    return item;
  }
}

/** Everything one chat shows, oldest first: what is stored by seq, then what is on its way in the order it was written. */
export function selectThreadItems(chatId: string) {
  const cache = new ItemCache();
  const selectPeer = createSelector(chatsFeature.selectEntities, (entities) => entities[chatId]?.peer);
  return createSelector(
    selectThread(chatId),
    messagesFeature.selectOutbox,
    messagesFeature.selectUserId,
    selectPeer,
    (thread, outbox, userId, peer): ThreadItem[] => {
      const shown = shownMessages(thread).map((message) => {
        const own = message.senderId === userId;
        const delivery = own && peer ? deliveryOf(message.seq, peer) : 'stored';
        return cache.item(message, thread.overlays[message.seq], own, delivery);
      });
      // While history is on screen the end of the chat is elsewhere, and what is on its way belongs to the end.
      return endsOnScreen(thread) ? [...shown, ...entriesOf(outbox, chatId).map(waitingItem)] : shown;
    },
  );
}
