import type { Chat } from '@course-chat/contracts';
import { unansweredSince } from '@course-chat/web/chat/state';

/** What the overview says, computed from the chats that are known. */
export interface Overview {
  /** Chats in which a student waits for an answer, and since when by ISO 8601: the longest waiting first. */
  readonly waiting: readonly { readonly chat: Chat; readonly since: string }[];
  /** Different students in chats where anybody wrote within a week. */
  readonly thisWeek: number;
  /** Different students who have a chat. */
  readonly students: number;
  /** The courses there are chats about by title, each with how many of them wait. */
  readonly courses: readonly { readonly id: string; readonly title: string; readonly waiting: number }[];
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** `now` is the device's clock in milliseconds. */
export function overviewOf(chats: readonly Chat[], now: number): Overview {
  const waiting = chats
    .flatMap((chat) => {
      const since = unansweredSince(chat);
      return since === null ? [] : [{ chat, since }];
    })
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  const recent = chats.filter(({ lastMessage }) => lastMessage && now - Date.parse(lastMessage.createdAt) < WEEK_MS);
  return {
    waiting,
    thisWeek: countStudents(recent),
    students: countStudents(chats),
    courses: byCourse(
      chats,
      waiting.map(({ chat }) => chat),
    ),
  };
}

function byCourse(chats: readonly Chat[], waiting: readonly Chat[]): Overview['courses'] {
  const titles = new Map(chats.map(({ course }) => [course.id, course.title]));
  return [...titles]
    .map(([id, title]) => ({ id, title, waiting: waiting.filter(({ course }) => course.id === id).length }))
    .sort((a, b) => a.title.localeCompare(b.title));
}

function countStudents(chats: readonly Chat[]): number {
  return new Set(chats.map(({ student }) => student.id)).size;
}
