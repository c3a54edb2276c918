import * as z from 'zod/mini';
import { accountRoutes } from './account';
import { adminRoutes } from './admin';
import { chatSchema } from './chat';
import { courseSchema, enrollmentEventSchema, purchaseSchema } from './course';
import {
  acceptedSchema,
  availableTutorsSchema,
  chatPageSchema,
  chatQuerySchema,
  chatWithStudentSchema,
  chatWithTutorSchema,
  coursePageSchema,
  courseQuerySchema,
  messageQuerySchema,
  readBodySchema,
  readResultSchema,
  studentPageSchema,
  studentQuerySchema,
} from './http';
import { messagePageSchema, messageSchema, newMessageSchema } from './message';
import { ownDataRoutes } from './own-data';
import { idSchema } from './primitives';
import type { Route } from './route';
import { demoLoginsSchema, loginBodySchema, registerBodySchema, sessionSchema, userSchema } from './user';

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
