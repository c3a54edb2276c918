import type { ChatRowView, HeaderView, MessageView } from '../models';

/** A message as a page would hand it over; a minute apart by seq. */
export function messageView(seq: number | null, more: Partial<MessageView> = {}): MessageView {
  return {
    clientMessageId: `m${seq ?? 'new'}`,
    seq,
    senderId: 'ana',
    own: false,
    type: 'text',
    text: `Message ${seq}`,
    createdAt: new Date(Date.UTC(2026, 0, 5, 8) + (seq ?? 0) * 60_000).toISOString(),
    edited: false,
    deleted: false,
    delivery: 'stored',
    canEdit: false,
    canDelete: false,
    ...more,
  };
}

/** The messages of a chat from one seq to another. */
export function messageViews(from: number, to: number): MessageView[] {
  return Array.from({ length: to - from + 1 }, (_, index) => messageView(from + index));
}

export function rowView(more: Partial<ChatRowView> = {}): ChatRowView {
  return {
    id: 'c1',
    link: '/chats/c1',
    name: 'Ana Ruiz',
    avatarUrl: null,
    online: false,
    courseTitle: 'Signals',
    time: null,
    preview: 'Hello',
    previewKind: 'text',
    previewOwn: false,
    delivery: null,
    unreadCount: 0,
    waitingSince: null,
    ...more,
  };
}

export function headerView(more: Partial<HeaderView> = {}): HeaderView {
  return {
    name: 'Ana Ruiz',
    avatarUrl: null,
    presence: { online: true, lastSeenAt: null },
    typing: false,
    courseId: 'k',
    courseTitle: 'Signals',
    courseLink: '/courses/k',
    readOnly: false,
    ...more,
  };
}
