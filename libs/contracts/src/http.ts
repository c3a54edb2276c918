import * as z from 'zod/mini';
import { chatSchema } from './chat';
import {
  availableTutorSchema,
  courseSchema,
  enrollmentEventSchema,
  purchaseSchema,
  tutorStudentSchema,
} from './course';
import { accountRoutes } from './account';
import { adminRoutes } from './admin';
import { ownDataRoutes } from './own-data';
import { CHAT_PAGE, COURSE_PAGE, MESSAGE_PAGE, QUERY_MAX_CHARACTERS, STUDENT_PAGE } from './limits';
import { messagePageSchema, messageSchema, newMessageSchema } from './message';
import { cursorSchema, idSchema, positionSchema } from './primitives';
import { limitInQuery, wholeNumber } from './query';
import type { Route } from './route';
import { demoLoginsSchema, loginBodySchema, registerBodySchema, sessionSchema, userSchema } from './user';

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

const courseParams = z.strictObject({ courseId: idSchema });
const chatParams = z.strictObject({ chatId: idSchema });

/** The routes that students and tutors share, once under `users` and once under `tutors`. */
function chatRoutes(side: 'users' | 'tutors') {
  const chats = `/${side}/chats`;
  const ofChat = `${chats}/:chatId`;
  return {
    listChats: {
      method: 'get',
      path: chats,
      summary: 'My chats, newest activity first',
      auth: 'bearer',
      query: chatQuerySchema,
      answers: { 200: chatPageSchema },
      errors: ['FORBIDDEN'],
    },
    createChat: {
      method: 'post',
      path: chats,
      summary: 'The chat about one course with one person, created if it was not there',
      auth: 'bearer',
      body: side === 'users' ? chatWithTutorSchema : chatWithStudentSchema,
      answers: { 200: chatSchema, 201: chatSchema },
      errors: ['FORBIDDEN', 'NOT_ENROLLED', 'NOT_FOUND'],
    },
    getChat: {
      method: 'get',
      path: ofChat,
      summary: 'One chat',
      auth: 'bearer',
      params: chatParams,
      answers: { 200: chatSchema },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
    listMessages: {
      method: 'get',
      path: `${ofChat}/messages`,
      summary: 'A page of messages: the newest, or before, after or around a seq',
      auth: 'bearer',
      params: chatParams,
      query: messageQuerySchema,
      answers: { 200: messagePageSchema },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
    sendMessage: {
      method: 'post',
      path: `${ofChat}/messages`,
      summary: 'Send a message without a socket',
      auth: 'bearer',
      params: chatParams,
      body: newMessageSchema,
      answers: { 200: messageSchema, 201: messageSchema },
      errors: ['FORBIDDEN', 'NOT_FOUND', 'READ_ONLY', 'CONFLICT'],
    },
    markRead: {
      method: 'post',
      path: `${ofChat}/read`,
      summary: 'Mark a chat read up to a seq',
      auth: 'bearer',
      params: chatParams,
      body: readBodySchema,
      answers: { 200: readResultSchema },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
  } as const satisfies Record<string, Route>;
}

/** Every REST route of the API but the health checks, by group and name. */
export const routes = {
  auth: {
    register: {
      method: 'post',
      path: '/auth/register',
      summary: 'Make an account and log in',
      auth: 'none',
      body: registerBodySchema,
      answers: { 201: sessionSchema },
      errors: ['CONFLICT'],
    },
    login: {
      method: 'post',
      path: '/auth/login',
      summary: 'Log in',
      auth: 'none',
      body: loginBodySchema,
      answers: { 200: sessionSchema },
      errors: ['UNAUTHENTICATED'],
    },
    refresh: {
      method: 'post',
      path: '/auth/refresh',
      summary: 'A new access token for the refresh cookie',
      auth: 'cookie',
      answers: { 200: sessionSchema },
      errors: ['UNAUTHENTICATED'],
    },
    logout: {
      method: 'post',
      path: '/auth/logout',
      summary: 'End this session and its sockets',
      auth: 'optional',
      answers: { 204: null },
      errors: [],
    },
    me: {
      method: 'get',
      path: '/auth/me',
      summary: 'Who I am',
      auth: 'bearer',
      answers: { 200: userSchema },
      errors: [],
    },
    ...accountRoutes,
  },
  account: ownDataRoutes,
  admin: adminRoutes,
  demo: {
    logins: {
      method: 'get',
      path: '/demo',
      summary: 'The logins of a demo',
      auth: 'none',
      answers: { 200: demoLoginsSchema },
      errors: ['NOT_FOUND'],
    },
  },
  courses: {
    list: {
      method: 'get',
      path: '/courses',
      summary: 'The catalogue',
      auth: 'bearer',
      query: courseQuerySchema,
      answers: { 200: coursePageSchema },
      errors: [],
    },
    get: {
      method: 'get',
      path: '/courses/:courseId',
      summary: 'One course',
      auth: 'bearer',
      params: courseParams,
      answers: { 200: courseSchema },
      errors: ['NOT_FOUND'],
    },
    purchase: {
      method: 'post',
      path: '/courses/:courseId/purchase',
      summary: 'The demo checkout',
      auth: 'bearer',
      params: courseParams,
      answers: { 201: purchaseSchema },
      errors: ['NOT_FOUND', 'FORBIDDEN'],
    },
  },
  integrations: {
    enrollment: {
      method: 'post',
      path: '/integrations/enrollments',
      summary: 'A shop tells of a purchase or a refund',
      auth: 'signature',
      body: enrollmentEventSchema,
      answers: { 202: acceptedSchema },
      errors: ['UNAUTHENTICATED', 'NOT_FOUND', 'CONFLICT'],
    },
  },
  users: {
    listTutors: {
      method: 'get',
      path: '/users/chats/tutors',
      summary: 'Tutors of my purchased courses',
      auth: 'bearer',
      answers: { 200: availableTutorsSchema },
      errors: ['FORBIDDEN'],
    },
    ...chatRoutes('users'),
  },
  tutors: {
    listStudents: {
      method: 'get',
      path: '/tutors/chats/students',
      summary: 'Students of my courses, as soon as they enrol',
      auth: 'bearer',
      query: studentQuerySchema,
      answers: { 200: studentPageSchema },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
    ...chatRoutes('tutors'),
  },
} as const satisfies Record<string, Record<string, Route>>;
