import type { ParamMap } from '@angular/router';
import { idSchema, type Chat } from '@course-chat/contracts';
import { peerOf, unansweredSince } from '@course-chat/web/chat/state';
import { folded, type ChatSort } from '@course-chat/web/chat/ui';

const FILTERS = ['all', 'unread', 'unanswered'] as const;
export type FilterId = (typeof FILTERS)[number];

export function isFilter(id: string | null): id is FilterId {
  return FILTERS.some((filter) => filter === id);
}

/** Which chats a tutor wants to see, and in which order. */
export interface InboxChoice {
  filter: FilterId;
  /** Null for every course. */
  courseId: string | null;
  sort: ChatSort;
}

/** Everything, newest first: what students always see. */
export const EVERYTHING: InboxChoice = { filter: 'all', courseId: null, sort: 'newest' };

/** What an address asks for: `?filter=unanswered&sort=waiting&courseId=`. What it does not know means everything. */
export function choiceOf(query: ParamMap): InboxChoice {
  const [filter, courseId, sort] = [query.get('filter'), query.get('courseId'), query.get('sort')];
  return simplest({
    filter: isFilter(filter) ? filter : EVERYTHING.filter,
    courseId: idSchema.safeParse(courseId).data ?? null,
    sort: sort === 'waiting' ? sort : EVERYTHING.sort,
  });
}

/** The same choice, as `EVERYTHING` where it leaves nothing out and reorders nothing. */
export function simplest(choice: InboxChoice): InboxChoice {
  const { filter, courseId, sort } = choice;
  return filter === 'all' && courseId === null && sort === 'newest' ? EVERYTHING : choice;
}

export function passesFilter(chat: Chat, filter: FilterId): boolean {
  if (filter === 'unread') return chat.unreadCount > 0;
  return filter === 'all' || unansweredSince(chat) !== null;
}

/**
 * The chats of a choice in its order. `chats` are ordered by their newest activity. `kept` passes every filter: the chat
 * that was opened from this list, though it is read or answered by now.
 */
export function choose(
  chats: readonly Chat[],
  { filter, courseId, sort }: InboxChoice,
  kept: string | null = null,
): readonly Chat[] {
  const chosen = chats.filter(
    (chat) => (passesFilter(chat, filter) || chat.id === kept) && (courseId === null || chat.course.id === courseId),
  );
  return sort === 'waiting' ? chosen.sort(byWaiting) : chosen;
}

/**
 * The chats by their newest activity, with what waits to be sent: that will be it once it is stored, and a row should not
 * jump then. `chats` are ordered without it.
 */
export function byActivity(
  chats: readonly Chat[],
  waiting: readonly { readonly chatId: string; readonly createdAt: string }[],
): readonly Chat[] {
  if (waiting.length === 0) return chats;
  const latest = new Map(chats.map(({ id, updatedAt }) => [id, updatedAt]));
  for (const { chatId, createdAt } of waiting)
    if (createdAt > (latest.get(chatId) ?? '')) latest.set(chatId, createdAt);
  const at = ({ id }: Chat): string => latest.get(id) ?? '';
  return [...chats].sort((a, b) => (at(a) === at(b) ? 0 : at(a) < at(b) ? 1 : -1));
}

/** Whoever waits longest comes first; chats in which nobody waits follow as they were. */
function byWaiting(a: Chat, b: Chat): number {
  const [first, second] = [waitsSince(a), waitsSince(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}

/** ISO 8601, behind every date for who does not wait. */
function waitsSince(chat: Chat): string {
  return unansweredSince(chat) ?? '~';
}

/** The courses of these chats by title. */
export function coursesOf(chats: readonly Chat[]): { id: string; label: string }[] {
  const titles = new Map(chats.map(({ course }) => [course.id, course.title]));
  return [...titles].map(([id, label]) => ({ id, label })).sort((a, b) => a.label.localeCompare(b.label));
}

/** Whether every word of a search is in a person's name or the course's title, whatever the case and the accents. */
export function matches(chat: Chat, q: string, userId: string | null): boolean {
  const text = folded(`${peerOf(chat, userId).name} ${chat.course.title}`);
  return folded(q)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
