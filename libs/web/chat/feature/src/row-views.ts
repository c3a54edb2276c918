import { previewOf, type Chat, type User } from '@course-chat/contracts';
import {
  deliveryOf,
  entriesOf,
  peerOf,
  unansweredSince,
  type Delivery,
  type Overlay,
} from '@course-chat/web/chat/state';
import type { ChatRowView, PreviewKind } from '@course-chat/web/chat/ui';
import type { ChatFeatureLabels } from './labels';

type Outbox = Parameters<typeof entriesOf>[0];

/** Everything a row is made of besides its chat. */
export interface RowContext {
  userId: string | null;
  side: 'student' | 'tutor';
  activeId: string | null;
  drafts: Readonly<Record<string, string>>;
  typing: Readonly<Record<string, string>>;
  outbox: Outbox;
  online: (userId: string) => boolean;
  /** What was done to a message on this device and is not stored yet. */
  overlayOf: (chatId: string, seq: number) => Overlay | undefined;
  labels: Pick<ChatFeatureLabels, 'deletedAccount'>;
}

/** A person's name; in the page's language where the account is gone. */
export function nameOf({ name, deleted }: User, { deletedAccount }: Pick<ChatFeatureLabels, 'deletedAccount'>): string {
  return deleted ? deletedAccount : name;
}

/** One chat as its row shows it. */
export function rowView(chat: Chat, context: RowContext): ChatRowView {
  const { userId, side } = context;
  const peer = peerOf(chat, userId);
  const last = lastLine(chat, context);
  return {
    id: chat.id,
    link: side === 'tutor' ? `/tutor/chats/${chat.id}` : `/chats/${chat.id}`,
    name: nameOf(peer, context.labels),
    avatarUrl: peer.avatarUrl,
    online: context.online(peer.id),
    courseTitle: chat.course.title,
    ...last,
    unreadCount: chat.unreadCount,
    waitingSince: side === 'tutor' ? unansweredSince(chat) : null,
  };
}

type LastLine = Pick<ChatRowView, 'time' | 'preview' | 'previewKind' | 'previewOwn' | 'delivery'>;

function line(
  previewKind: PreviewKind,
  preview: string,
  time: string | null,
  delivery: Delivery | null = null,
): LastLine {
  return { previewKind, preview, time, previewOwn: delivery !== null, delivery };
}

function lastLine(chat: Chat, { userId, activeId, drafts, typing, outbox, overlayOf }: RowContext): LastLine {
  const { lastMessage } = chat;
  const time = lastMessage?.createdAt ?? null;
  const draft = drafts[chat.id];
  const waiting = entriesOf(outbox, chat.id).at(-1);
  if (typing[chat.id]) return line('typing', '', time);
  // What is being written is in the input already, where the chat is open.
  if (draft && chat.id !== activeId) return line('draft', draft, time);
  // What was given up is shown until something newer is said.
  const isOver = waiting?.state === 'failed' && lastMessage !== null && lastMessage.createdAt > waiting.createdAt;
  if (waiting && !isOver) return line('text', previewOf(waiting), waiting.createdAt, waiting.state);
  if (!lastMessage) return line('empty', '', chat.updatedAt);
  const delivery = lastMessage.senderId === userId ? deliveryOf(lastMessage.seq, chat.peer) : null;
  const preview = previewUnder(overlayOf(chat.id, lastMessage.seq), lastMessage.preview);
  return line(preview === '' ? 'deleted' : 'text', preview, time, delivery);
}

function previewUnder(overlay: Overlay | undefined, preview: string): string {
  if (!overlay) return preview;
  return overlay.kind === 'delete' ? '' : previewOf({ text: overlay.text });
}
