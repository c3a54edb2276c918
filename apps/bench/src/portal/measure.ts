import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { connect, createClient, dataOf, type Client } from '../load/clients.ts';
import { installProbe, type Stillness, type Watch } from './probe.ts';
import { LONG, type Scene, type Stage } from './stage.ts';

/** Messages that come in each second while one scrolls and types. */
export const INCOMING_PER_SECOND = 50;
const LIVE_MS = 8_000;
const SCROLL_MS = 6_000;
/** A wheel turns by this much at a time, about sixty times a second. */
const NOTCH_PX = 90;
const NOTCH_MS = 16;
const KEY_MS = 130;
/** Openings of either kind in a visit. */
const OPENINGS = 3;
/** Nothing that was begun before is still going on. */
const QUIET_MS = 1_200;
const CLIMB_FRAMES = 600;
const CLIMB_PX = 90;

/** What one visit found. */
export interface Visit {
  readonly slowdown: number;
  /** In a browser that knew nothing: bytes on the wire until a second after the long chat was painted, and milliseconds until it was. */
  readonly transferred: number;
  readonly coldMs: number;
  /** Milliseconds from the click to the last message painted: never opened before in this page, and opened before. */
  readonly openFirstMs: readonly number[];
  readonly openAgainMs: readonly number[];
  /** Milliseconds of processor time the page's main thread needed for an opening, in the same order. */
  readonly openFirstCpu: readonly number[];
  readonly openAgainCpu: readonly number[];
  readonly prepend: Stillness;
  /** The same for a second of it. */
  readonly scroll: Watch & { readonly cpu: number };
  readonly live: Watch & { readonly cpu: number };
  /** Messages that came in while it was measured, and the milliseconds until `Jump to latest` showed the last of them. */
  readonly incoming: number;
  readonly toLatestMs: number;
  /** Messages in the DOM at the end. */
  readonly rowsAtEnd: number;
}

/** One visit of the student, with the processor slowed down by `slowdown`. */
export async function visit(stage: Stage, scene: Scene, slowdown: number): Promise<Visit> {
  const context = await stage.enter(scene);
  try {
    const page = await context.newPage();
    await page.addInitScript(installProbe);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const last = await lastSeqOf(scene);
    const cold = await openCold(page, scene, last);
    const warm = await openWarm(page, devtools, scene, last);
    const prepend = await page.evaluate(([frames, px]) => window.benchProbe.climb(frames, px), [
      CLIMB_FRAMES,
      CLIMB_PX,
    ] as const);
    const scroll = await watched(page, devtools, () =>
      wheel(page, devtools, SCROLL_MS, (passed) => (passed < 0.7 ? -1 : 1)),
    );
    const live = await writeAndScroll(page, devtools, scene);
    return { slowdown, ...cold, ...warm, prepend, scroll, ...live };
  } finally {
    await context.close();
  }
}

async function openCold(page: Page, { long }: Scene, last: number) {
  const begun = performance.now();
  await page.goto(long);
  await untilShown(page, last);
  const coldMs = performance.now() - begun;
  await delay(QUIET_MS);
  return { coldMs, transferred: await page.evaluate(() => window.benchProbe.transferred()) };
}

async function openWarm(page: Page, devtools: CDPSession, { long, short }: Scene, last: number) {
  const found: Record<`open${'First' | 'Again'}${'Ms' | 'Cpu'}`, number[]> = {
    ...{ openFirstMs: [], openFirstCpu: [] },
    ...{ openAgainMs: [], openAgainCpu: [] },
  };
  const open = async (which: 'openFirst' | 'openAgain') => {
    const before = await cpuOf(devtools);
    found[`${which}Ms`].push(await clickAndWait(page, long, last));
    found[`${which}Cpu`].push((await cpuOf(devtools)) - before);
  };
  for (let round = 0; round < OPENINGS; round++) {
    // A page that is loaded anew has the list, but not the messages of the long chat.
    await page.goto(short);
    await page.locator('[role="log"] [role="article"]').first().waitFor();
    await delay(QUIET_MS);
    await open('openFirst');
    await delay(QUIET_MS);
    await page.locator(`a[href="${short}"]`).click();
    await page.waitForURL(`**${short}`);
    await delay(QUIET_MS);
    await open('openAgain');
    await delay(QUIET_MS / 2);
  }
  return found;
}

async function clickAndWait(page: Page, link: string, seq: number): Promise<number> {
  // The pointer is there already: what is measured begins with the click.
  await page.locator(`a[href="${link}"]`).hover();
  const painted = page.evaluate(([to, last]) => window.benchProbe.untilPainted(to, last), [link, seq] as const);
  await delay(50);
  await page.mouse.down();
  await page.mouse.up();
  return painted;
}

async function untilShown(page: Page, seq: number): Promise<void> {
  await page.waitForFunction((last) => window.benchProbe.shows(last), seq, { polling: 'raf', timeout: 60_000 });
}

async function watched(page: Page, devtools: CDPSession, work: () => Promise<void>): Promise<Visit['live']> {
  await page.evaluate(() => window.benchProbe.startWatch());
  const before = await cpuOf(devtools);
  await work();
  const watch = await page.evaluate(() => window.benchProbe.endWatch());
  return { ...watch, cpu: ((await cpuOf(devtools)) - before) / (watch.milliseconds / 1_000) };
}

/** Milliseconds of processor time the page's main thread has used: what disturbs the machine is not in it. */
async function cpuOf(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
}

/** Turns the wheel over the list; `direction` gets the share of the time that has passed and says -1 for up, 1 for down. */
async function wheel(page: Page, devtools: CDPSession, ms: number, direction: (passed: number) => number) {
  const box = await page.locator('[role="log"]').boundingBox();
  if (!box) throw new Error('There is no list');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const begun = performance.now();
  const running: Promise<unknown>[] = [];
  for (let passed = 0; passed < ms; passed = performance.now() - begun) {
    const deltaY = NOTCH_PX * direction(passed / ms);
    // By the clock, whether the page keeps up or not: as a hand does.
    running.push(devtools.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: 0, deltaY }));
    await delay(NOTCH_MS);
  }
  await Promise.all(running);
}

/** Fifty messages a second come in while the student reads up and down and writes. */
async function writeAndScroll(page: Page, devtools: CDPSession, scene: Scene) {
  const tutor = createClient(scene.server.url, scene.longChat.tutor.token);
  await connect(tutor);
  try {
    await page.getByRole('textbox', { name: 'Message' }).click();
    const before = await lastSeqOf(scene);
    const begun = performance.now();
    let sent = { count: 0, last: 0 };
    const live = await watched(page, devtools, async () => {
      const sending = sendSteadily(tutor, scene, before);
      const typing = type(devtools, begun, LIVE_MS);
      await wheel(page, devtools, LIVE_MS, (passed) => (Math.floor(passed * 6) % 2 === 0 ? -1 : 1));
      [sent] = await Promise.all([sending, typing]);
    });
    const jumped = performance.now();
    const jump = page.getByRole('button', { name: /Jump to latest/ });
    // Scrolling may have ended at the end of the chat, where there is nothing to jump to.
    if (await jump.isVisible()) await jump.click();
    await untilShown(page, sent.last);
    const toLatestMs = performance.now() - jumped;
    const rowsAtEnd = await page.locator('cc-message-bubble').count();
    return { live, incoming: sent.count, toLatestMs, rowsAtEnd };
  } finally {
    tutor.disconnect();
  }
}

async function type(devtools: CDPSession, begun: number, ms: number): Promise<void> {
  const running: Promise<unknown>[] = [];
  for (let key = 0; performance.now() - begun < ms; key++) {
    const text = 'is this what the lecture meant '[key % 31] ?? ' ';
    const code = text === ' ' ? 'Space' : `Key${text.toUpperCase()}`;
    const what = { key: text, code, windowsVirtualKeyCode: text.toUpperCase().charCodeAt(0) };
    running.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...what }));
    running.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...what }));
    await delay(KEY_MS);
  }
  await Promise.all(running);
}

/** @param before the last seq there is: nobody else writes, so that each message can say its own */
async function sendSteadily(tutor: Client, { longChat }: Scene, before: number) {
  const begun = performance.now();
  const acks: Promise<number>[] = [];
  for (let passed = 0; passed < LIVE_MS; passed = performance.now() - begun) {
    while (acks.length < (passed / 1_000) * INCOMING_PER_SECOND) {
      const text = `#${before + acks.length + 1} came in while you read and write`;
      const command = { chatId: longChat.chatId, clientMessageId: randomUUID(), text };
      acks.push(tutor.emitWithAck('send_message', command).then((answer) => dataOf(answer).seq));
    }
    await delay(5);
  }
  const seqs = await Promise.all(acks);
  return { count: seqs.length, last: Math.max(...seqs) };
}

/** How long the chat is by now: each visit adds to it. */
async function lastSeqOf({ server, longChat }: Scene): Promise<number> {
  const answer = await fetch(`${server.url}/api/tutors/chats/${longChat.chatId}`, {
    headers: { authorization: `Bearer ${longChat.tutor.token}` },
  });
  const { lastSeq } = (await answer.json()) as { lastSeq: number };
  if (!(lastSeq >= LONG)) throw new Error(`The chat has ${lastSeq} messages`);
  return lastSeq;
}
