import { PendingTasks } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { chatsWanted } from './first-page';

describe(chatsWanted.name, () => {
  const frames: FrameRequestCallback[] = [];
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  let seen: boolean;
  const wanted = () => seen;
  const ask = () => {
    seen = false;
    TestBed.runInInjectionContext(chatsWanted).subscribe(() => (seen = true));
  };

  beforeEach(() => {
    jest.spyOn(globalThis, 'requestAnimationFrame').mockImplementation((callback) => frames.push(callback));
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', children: [] }])] });
    ask();
  });
  afterEach(() => {
    frames.length = 0;
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  async function nextFrame(): Promise<void> {
    for (const callback of frames.splice(0)) callback(0);
    await settled();
  }

  it.each(['/chats', '/chats/64b7?seq=3', '/tutor', '/tutor/students'])('begins at once for %s', async (url) => {
    const going = TestBed.inject(Router).navigateByUrl(url);
    expect(wanted()).toBe(true);
    await going;
  });

  it('waits until another first page has what it shows, and that is on the screen', async () => {
    const loaded = TestBed.inject(PendingTasks).add();
    await TestBed.inject(Router).navigateByUrl('/courses');
    await settled();
    await nextFrame();
    await nextFrame();
    expect(wanted()).toBe(false);
    loaded();
    await settled();
    await nextFrame();
    expect(wanted()).toBe(false);
    await nextFrame();
    expect(wanted()).toBe(true);
  });

  it('waits until that browser is idle which says so', async () => {
    let rest: IdleRequestCallback = () => undefined;
    Object.assign(globalThis, { requestIdleCallback: (callback: IdleRequestCallback) => (rest = callback) });
    await TestBed.inject(Router).navigateByUrl('/courses');
    await settled();
    await nextFrame();
    await nextFrame();
    expect(wanted()).toBe(false);
    rest({ didTimeout: false, timeRemaining: () => 1 });
    await settled();
    expect(wanted()).toBe(true);
    Reflect.deleteProperty(globalThis, 'requestIdleCallback');
  });

  it('waits no longer once somebody goes on to another page', async () => {
    TestBed.inject(PendingTasks).add();
    await TestBed.inject(Router).navigateByUrl('/courses');
    expect(wanted()).toBe(false);
    await TestBed.inject(Router).navigateByUrl('/cart');
    expect(wanted()).toBe(true);
  });

  it('does not wait for long for a page that does not come', async () => {
    jest.useFakeTimers();
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    ask();
    await jest.advanceTimersByTimeAsync(2_999);
    expect(wanted()).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(wanted()).toBe(true);
  });
});
