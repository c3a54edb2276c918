import 'fake-indexeddb/auto';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { sampleChat, sampleStudent } from '@course-chat/contracts/testing';
import { ChatPageActions, CURRENT_USER } from '@course-chat/web/chat/state';
import { RealtimeSocket } from '@course-chat/web/realtime';
import { Store } from '@ngrx/store';
import { IDBFactory } from 'fake-indexeddb';
import { CourseChat } from './course-chat';
import { provideCourseChat } from './provide-course-chat';

/** The stores of this device that hold something. */
async function kept(): Promise<string[]> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('course-chat');
    request.onsuccess = () => resolve(request.result);
  });
  const names = [...db.objectStoreNames];
  const counts = await Promise.all(
    names.map(
      (name) =>
        new Promise<number>((resolve) => {
          const request = db.transaction(name).objectStore(name).count();
          request.onsuccess = () => resolve(request.result);
        }),
    ),
  );
  db.close();
  return names.filter((_, index) => counts[index]);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe(CourseChat.name, () => {
  let chat: CourseChat;

  /** Somebody is logged in, and has written what could not be sent yet. */
  async function write(): Promise<void> {
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (address) => {
      const me = String(address).endsWith('/api/auth/me');
      return Response.json(me ? sampleStudent : null, { status: me ? 200 : 404 });
    });
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideCourseChat({
          apiBase: 'https://chat.school.example',
          login: () => ({ signedIn: signal(true), accessToken: () => 'token' }),
        }),
      ],
    });
    jest.spyOn(TestBed.inject(RealtimeSocket), 'connect').mockImplementation(() => undefined);
    chat = TestBed.inject(CourseChat);
    TestBed.tick();
    await until(() => TestBed.inject(CURRENT_USER)() !== null);
    TestBed.tick();
    TestBed.inject(Store).dispatch(
      ChatPageActions.messageSubmitted({
        chatId: sampleChat.id,
        clientMessageId: '22222222-0000-4000-8000-000000000001',
        text: 'not sent yet',
        at: '2026-11-22T15:00:00.000Z',
      }),
    );
    expect(await chat.hasUnsent()).toBe(true);
  }

  beforeEach(() => (globalThis.indexedDB = new IDBFactory()));
  afterEach(() => jest.restoreAllMocks());

  it('has forgotten when it says so: the application may leave the page then', async () => {
    await write();
    await until(async () => (await kept()).join() === 'outbox,owner');
    const underWay = new Set<IDBTransaction>();
    const { transaction } = IDBDatabase.prototype;
    jest.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...asked) {
      const begun = transaction.apply(this, asked);
      underWay.add(begun);
      begun.addEventListener('complete', () => underWay.delete(begun));
      return begun;
    });
    await chat.forget();
    expect([...underWay].flatMap(({ objectStoreNames }) => [...objectStoreNames])).toEqual([]);
    expect(await kept()).toEqual([]);
    expect(await chat.hasUnsent()).toBe(false);
  });

  it('forgets where the browser keeps nothing', async () => {
    globalThis.indexedDB = undefined as unknown as IDBFactory;
    await write();
    await expect(chat.forget()).resolves.toBeUndefined();
    expect(await chat.hasUnsent()).toBe(false);
  });
});
