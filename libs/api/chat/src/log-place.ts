/** A place in a chat's log: how many messages there are up to it, and how many of them are the student's. */
export interface Place {
  readonly seq: number;
  readonly fromStudent: number;
}

/** The last place of a chat's log, and since when the student waits there. */
export interface Tail extends Place {
  readonly waitingSince: Date | null;
}

/** The end of a log in which nothing is. */
export const NO_MESSAGES: Tail = { seq: 0, fromStudent: 0, waitingSince: null };

/** The place of the next message, which is the student's or the tutor's: every log that is written counts by this. */
export function nextPlace(end: Tail, isStudents: boolean, at: Date): Tail {
  return {
    seq: end.seq + 1,
    fromStudent: end.fromStudent + (isStudents ? 1 : 0),
    waitingSince: isStudents ? (end.waitingSince ?? at) : null,
  };
}
