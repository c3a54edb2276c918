import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { io, type Socket } from 'socket.io-client';

// A program that knows the wire and nothing of this workspace: REST, a Socket.IO client, and the words of the protocol.

const PASSWORD = 'course-chat-demo';

async function post(
  path: string,
  body: object,
  token?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${process.env['E2E_BASE_URL']}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function get(path: string, token: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${process.env['E2E_BASE_URL']}/api${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

async function connect(token: string): Promise<Socket> {
  const socket = io(String(process.env['E2E_BASE_URL']), {
    transports: ['websocket'],
    auth: { token },
    forceNew: true,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

function heard(socket: Socket, event: string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => socket.once(event, resolve));
}

test('any Socket.IO client can log in, create a chat, join, send and receive', async () => {
  const email = `${randomUUID()}@example.com`;
  const registered = await post('/auth/register', { name: 'Wire Client', email, password: PASSWORD });
  expect(registered.status).toBe(201);
  const studentToken = String(registered.body['accessToken']);
  const tutorLogin = await post('/auth/login', { email: 'tutor3@example.com', password: PASSWORD });
  expect(tutorLogin.status).toBe(200);
  const tutor = tutorLogin.body['user'] as { id: string };

  const { items } = (await get('/courses?limit=50', studentToken)) as {
    items: { id: string; tutors: { id: string }[] }[];
  };
  const course = items.find(({ tutors }) => tutors.some(({ id }) => id === tutor.id));
  const wanted = { courseId: course?.id, tutorId: tutor.id };
  const tooEarly = await post('/users/chats', wanted, studentToken);
  expect([tooEarly.status, tooEarly.body['error']]).toEqual([403, expect.objectContaining({ code: 'NOT_ENROLLED' })]);
  expect((await post(`/courses/${course?.id}/purchase`, {}, studentToken)).status).toBe(201);
  const created = await post('/users/chats', wanted, studentToken);
  expect(created.status).toBe(201);
  expect((await post('/users/chats', wanted, studentToken)).status).toBe(200);
  const chatId = created.body['id'];

  const student = await connect(studentToken);
  const other = await connect(String(tutorLogin.body['accessToken']));
  try {
    expect(await student.emitWithAck('join_chat', { chatId })).toMatchObject({
      ok: true,
      data: { id: chatId, lastSeq: 0 },
    });
    expect(await other.emitWithAck('join_chat', { chatId })).toMatchObject({ ok: true });

    const arrives = heard(other, 'message_created');
    const clientMessageId = randomUUID();
    const sent = await student.emitWithAck('send_message', { chatId, clientMessageId, text: 'Over the wire' });
    expect(sent).toMatchObject({
      ok: true,
      data: { chatId, seq: 1, rev: 0, clientMessageId, type: 'text', text: 'Over the wire' },
    });
    expect(await arrives).toEqual({ message: sent.data });
    // The same message again is the same message.
    expect(await student.emitWithAck('send_message', { chatId, clientMessageId, text: 'Over the wire' })).toEqual(sent);

    const read = heard(student, 'chat_read');
    expect(await other.emitWithAck('mark_read', { chatId, seq: 1 })).toMatchObject({
      ok: true,
      data: { readSeq: 1, unreadCount: 0 },
    });
    expect(await read).toMatchObject({ chatId, userId: tutor.id, seq: 1 });

    const typing = heard(student, 'typing_started');
    expect(await other.emitWithAck('typing_start', { chatId })).toEqual({ ok: true, data: null });
    expect(await typing).toMatchObject({ chatId, userId: tutor.id, expiresInMs: expect.any(Number) });

    const synced = await student.emitWithAck('sync', { cursor: null, chats: [{ chatId, seq: 0, rev: 0 }] });
    expect(synced).toMatchObject({ ok: true, data: { chats: [{ status: 'ok', messages: [{ seq: 1 }] }] } });
    const refused = await student.emitWithAck('send_message', { chatId, clientMessageId: 'x', text: '', more: true });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_FAILED', correlationId: expect.any(String) },
    });
  } finally {
    student.disconnect();
    other.disconnect();
  }
});

test('a bad token is refused before anything can be said', async () => {
  await expect(connect('not a token')).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
});
