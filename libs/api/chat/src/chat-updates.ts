import { toObjectId } from '@course-chat/api/kernel';

// How a chat's record follows its log and its members: as stages of an update, so that order and repetition do not matter.

/** Which of the two members. */
export type Side = 'student' | 'tutor';

/** The newest message as the log has it, to be projected. */
export interface LastMessageUpdate {
  readonly seq: number;
  readonly fromStudent: number;
  readonly waitingSince: Date | null;
  readonly rev: number;
  readonly senderId: string;
  readonly preview: string;
  readonly createdAt: Date;
}

/** What a flush writes about one chat: the newest message, the newest rev, or both. */
export interface ProjectionUpdate {
  readonly chatId: string;
  readonly last?: LastMessageUpdate;
  readonly lastRev?: number;
}

/** How far a member has come in one chat. */
export interface ReceiptsUpdate {
  readonly chatId: string;
  readonly side: Side;
  readonly deliveredSeq: number;
  /** The place read up to, with its running count; null moves only what was delivered. */
  readonly read: { readonly seq: number; readonly fromStudent: number } | null;
}

/** Unread of each member, from the fields beside it: a count can not drift that is never counted. */
const UNREAD_STAGE = {
  $set: {
    unread: {
      student: {
        $max: [
          0,
          {
            $subtract: [
              { $subtract: [{ $ifNull: ['$last.seq', 0] }, { $ifNull: ['$last.fromStudent', 0] }] },
              { $subtract: ['$student.readSeq', '$student.readFromStudent'] },
            ],
          },
        ],
      },
      tutor: { $max: [0, { $subtract: [{ $ifNull: ['$last.fromStudent', 0] }, '$tutor.readFromStudent'] }] },
    },
  },
};

/** The update of one chat that `runWrite` takes. Older news than what is there changes nothing. */
export function projectionOf({ chatId, last, lastRev }: ProjectionUpdate) {
  const set = {
    ...(last && lastMessageStage(last)),
    lastRev: { $max: ['$lastRev', lastRev ?? 0] },
    changedAt: '$$NOW',
  };
  return { q: { _id: toObjectId(chatId) }, u: [{ $set: set }, UNREAD_STAGE] };
}

/** The update of one chat that a bulk write takes: registers move forward, never back. */
export function receiptsOf({ chatId, side, deliveredSeq, read }: ReceiptsUpdate) {
  const isBehind = [
    { [`${side}.deliveredSeq`]: { $lt: deliveredSeq } },
    ...(read ? [{ [`${side}.readSeq`]: { $lt: read.seq } }] : []),
  ];
  return {
    filter: { _id: toObjectId(chatId), $or: isBehind },
    update: [receiptsStage(side, deliveredSeq, read), UNREAD_STAGE],
  };
}

function receiptsStage(side: Side, deliveredSeq: number, read: ReceiptsUpdate['read']) {
  const isFurther = { $gt: [read?.seq ?? 0, `$${side}.readSeq`] };
  return {
    $set: {
      [`${side}.deliveredSeq`]: { $max: [`$${side}.deliveredSeq`, deliveredSeq] },
      ...(read && {
        [`${side}.readSeq`]: { $cond: [isFurther, read.seq, `$${side}.readSeq`] },
        [`${side}.readFromStudent`]: { $cond: [isFurther, read.fromStudent, `$${side}.readFromStudent`] },
      }),
      changedAt: '$$NOW',
    },
  };
}

/** Takes the newer of what is there and what comes: by seq, and by rev for the same seq. */
function lastMessageStage(last: LastMessageUpdate) {
  const { senderId, ...rest } = last;
  const value = { $literal: { ...rest, senderId: toObjectId(senderId) } };
  const known = { seq: { $ifNull: ['$last.seq', 0] }, rev: { $ifNull: ['$last.rev', -1] } };
  const newer = {
    $or: [{ $gt: [last.seq, known.seq] }, { $and: [{ $eq: [last.seq, known.seq] }, { $gt: [last.rev, known.rev] }] }],
  };
  return {
    last: { $cond: [newer, value, '$last'] },
    activityAt: { $cond: [{ $gt: [last.seq, known.seq] }, last.createdAt, '$activityAt'] },
  };
}
