import { HttpClient, HttpErrorResponse, type HttpParamsOptions } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import {
  availableTutorsSchema,
  chatPageSchema,
  chatSchema,
  errorBodySchema,
  messagePageSchema,
  studentPageSchema,
  type AvailableTutors,
  type Chat,
  type ChatPage,
  type MessagePage,
  type StudentPage,
} from '@course-chat/contracts';
import { CommandError } from '@course-chat/web/realtime';
import { map, type Observable } from 'rxjs';
import { CHAT_SIDE } from './current-user';

/** Which page of messages: the newest, or the one before, after or around a seq. */
export type PageQuery = { before: number } | { after: number } | { around: number } | Record<string, never>;

interface Parser<T> {
  parse(value: unknown): T;
}

/** The chat routes of the signed-in person's side. Every answer is parsed by its contract. */
@Injectable({ providedIn: 'root' })
export class ChatApi {
  private readonly http = inject(HttpClient);
  private readonly side = inject(CHAT_SIDE);

  listChats(query: { cursor?: string | null; q?: string } = {}): Observable<ChatPage> {
    const { cursor, q } = query;
    return this.get('', chatPageSchema, { ...(cursor ? { cursor } : {}), ...(q ? { q } : {}) });
  }

  getChat(chatId: string): Observable<Chat> {
    return this.get(`/${chatId}`, chatSchema);
  }

  /** `peerId` is the tutor for a student and the student for a tutor. */
  createChat(courseId: string, peerId: string): Observable<Chat> {
    const body = this.side() === 'users' ? { courseId, tutorId: peerId } : { courseId, studentId: peerId };
    return this.http.post<unknown>(this.url(''), body).pipe(map((answer) => chatSchema.parse(answer)));
  }

  listMessages(chatId: string, query: PageQuery): Observable<MessagePage> {
    return this.get(`/${chatId}/messages`, messagePageSchema, query);
  }

  listTutors(): Observable<AvailableTutors> {
    return this.get('/tutors', availableTutorsSchema);
  }

  listStudents(cursor: string | null): Observable<StudentPage> {
    return this.get('/students', studentPageSchema, cursor ? { cursor } : {});
  }

  private url(path: string): string {
    return `/api/${this.side()}/chats${path}`;
  }

  private get<T>(path: string, schema: Parser<T>, params: HttpParamsOptions['fromObject'] = {}): Observable<T> {
    return this.http.get<unknown>(this.url(path), { params }).pipe(map((answer) => schema.parse(answer)));
  }
}

/** Any failure of the API or the socket as the one error that effects look at. */
export function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (!(error instanceof HttpErrorResponse)) return new CommandError('INTERNAL', 'Unexpected answer');
  const body = errorBodySchema.safeParse(error.error);
  if (body.success) return CommandError.fromWire(body.data.error);
  if (error.status === 0) return new CommandError('DISCONNECTED', 'No connection', { outcomeKnown: false });
  // A proxy in between answers without a body of ours.
  return new CommandError(error.status >= 500 ? 'UNAVAILABLE' : 'INTERNAL', `Status ${error.status}`);
}
