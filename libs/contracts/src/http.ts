import * as z from 'zod/mini';
import { chatSchema } from './chat';
import { availableTutorSchema, courseSchema, tutorStudentSchema } from './course';
import { CHAT_PAGE, COURSE_PAGE, MESSAGE_PAGE, QUERY_MAX_CHARACTERS, STUDENT_PAGE } from './limits';
import { cursorSchema, idSchema, positionSchema } from './primitives';
import { limitInQuery, wholeNumber } from './query';

const seqInQuery = z.optional(wholeNumber(0, Number.MAX_SAFE_INTEGER));

export const courseQuerySchema = z.strictObject({ limit: limitInQuery(COURSE_PAGE), cursor: z.optional(cursorSchema) });
export type CourseQuery = z.infer<typeof courseQuerySchema>;

export const chatQuerySchema = z.strictObject({
  limit: limitInQuery(CHAT_PAGE),
  cursor: z.optional(cursorSchema),
  /** Text to find in people's names and course titles. */
  q: z.optional(z.string().check(z.trim(), z.maxLength(QUERY_MAX_CHARACTERS))),
});
export type ChatQuery = z.infer<typeof chatQuerySchema>;

export const messageQuerySchema = z
  .strictObject({ before: seqInQuery, after: seqInQuery, around: seqInQuery, limit: limitInQuery(MESSAGE_PAGE) })
  .check(
    z.refine((query) => [query.before, query.after, query.around].filter((seq) => seq !== undefined).length <= 1, {
      error: 'Give one of before, after and around',
    }),
  );
export type MessageQuery = z.infer<typeof messageQuerySchema>;

export const studentQuerySchema = z.strictObject({
  courseId: z.optional(idSchema),
  limit: limitInQuery(STUDENT_PAGE),
  cursor: z.optional(cursorSchema),
});
export type StudentQuery = z.infer<typeof studentQuerySchema>;

export const chatWithTutorSchema = z.strictObject({ courseId: idSchema, tutorId: idSchema });
export type ChatWithTutor = z.infer<typeof chatWithTutorSchema>;
export const chatWithStudentSchema = z.strictObject({ courseId: idSchema, studentId: idSchema });
export type ChatWithStudent = z.infer<typeof chatWithStudentSchema>;
export const readBodySchema = z.strictObject({ seq: positionSchema });
export type ReadBody = z.infer<typeof readBodySchema>;

const nextCursor = z.nullable(cursorSchema);
export const coursePageSchema = z.object({ items: z.array(courseSchema), nextCursor });
export type CoursePage = z.infer<typeof coursePageSchema>;
export const chatPageSchema = z.object({ items: z.array(chatSchema), nextCursor, unreadTotal: z.int() });
export type ChatPage = z.infer<typeof chatPageSchema>;
export const availableTutorsSchema = z.object({ items: z.array(availableTutorSchema) });
export type AvailableTutors = z.infer<typeof availableTutorsSchema>;
export const studentPageSchema = z.object({ items: z.array(tutorStudentSchema), nextCursor });
export type StudentPage = z.infer<typeof studentPageSchema>;
export const readResultSchema = z.object({ chatId: idSchema, readSeq: positionSchema, unreadCount: z.int() });
export type ReadResult = z.infer<typeof readResultSchema>;
export const acceptedSchema = z.object({ accepted: z.literal(true) });
