/// <reference lib="dom" />

/** What happened between two moments, seen from inside the page. */
export interface Watch {
  readonly milliseconds: number;
  readonly frames: number;
  /** Milliseconds between frames: the 95th of 100, and the longest. */
  readonly frameP95: number;
  readonly frameMax: number;
  /** The most messages that were in the DOM at once. */
  readonly rows: number;
  /** Milliseconds from a key or a click to the next paint: the 98th of 100, the longest where there are fewer than 50. */
  readonly inp: number;
  readonly interactions: number;
}

/** How still the list stood while older pages came in. */
export interface Stillness {
  /** The most pixels by which a message was not where it should have been, in any frame. */
  readonly movement: number;
  /** Frames in which that was more than a pixel. */
  readonly jumps: number;
  readonly frames: number;
  /** Pages that came in meanwhile. */
  readonly pages: number;
}

export interface Probe {
  /** Milliseconds from the next click on `link` until the message with this seq has been painted on screen. */
  untilPainted(link: string, seq: number): Promise<number>;
  startWatch(): void;
  endWatch(): Watch;
  /** Scrolls up by itself, with rests, and says by how much messages moved that should not have. */
  climb(frames: number, pixels: number): Promise<Stillness>;
  /** Whether the message with this seq is on screen. */
  shows(seq: number): boolean;
  /** Bytes transferred so far, for the document and everything it fetched. */
  transferred(): number;
}

declare global {
  interface Window {
    benchProbe: Probe;
  }
}

/** Runs in the page, before anything of the page does. It reaches nothing outside itself. */
export function installProbe(): void {
  const rows = document.getElementsByTagName('cc-message-bubble');
  const log = () => document.querySelector<HTMLElement>('[role="log"]');
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  // A task that follows a frame runs after its paint.
  const painted = () =>
    new Promise<number>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  const seqOf = (row: Element) => Number(/#(\d+)/.exec(row.textContent ?? '')?.[1] ?? 0);

  function shows(seq: number): boolean {
    const view = log()?.getBoundingClientRect();
    const row = [...rows].findLast((candidate) => seqOf(candidate) === seq);
    if (!view || !row) return false;
    const box = row.getBoundingClientRect();
    return box.height > 0 && box.top < view.bottom && box.bottom <= view.bottom + 1 && box.bottom > view.top;
  }

  let watch: { from: number; frames: number[]; rows: number; interactions: Map<number, number>; on: boolean } | null =
    null;
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries as (PerformanceEventTiming & { interactionId?: number })[]) {
      const { interactionId, duration, startTime } = entry;
      if (!watch || !interactionId || startTime < watch.from) continue;
      watch.interactions.set(interactionId, Math.max(duration, watch.interactions.get(interactionId) ?? 0));
    }
  };
  const events = new PerformanceObserver((list) => note(list.getEntries()));
  events.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);

  let pages = 0;
  new PerformanceObserver((list) => {
    pages += list.getEntries().filter(({ name }) => name.includes('before=')).length;
  }).observe({ type: 'resource' });

  const share = (sorted: readonly number[], part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

  window.benchProbe = {
    shows,

    untilPainted: (link, seq) =>
      new Promise((resolve) => {
        const onClick = async (event: Event) => {
          if (!(event.target as Element).closest(`a[href="${link}"]`)) return;
          removeEventListener('click', onClick, true);
          const from = event.timeStamp;
          do await nextFrame();
          while (!shows(seq));
          resolve((await painted()) - from);
        };
        addEventListener('click', onClick, true);
      }),

    startWatch() {
      const current = { from: performance.now(), frames: [] as number[], rows: 0, interactions: new Map(), on: true };
      watch = current;
      const frame = (at: number) => {
        if (!current.on) return;
        current.frames.push(at);
        current.rows = Math.max(current.rows, rows.length);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },

    endWatch() {
      if (!watch) throw new Error('Nothing is watched');
      note(events.takeRecords());
      watch.on = false;
      const { frames, from, interactions } = watch;
      const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
      const sorted = gaps.sort((a, b) => a - b);
      const durations = [...interactions.values()].sort((a, b) => a - b);
      return {
        milliseconds: performance.now() - from,
        frames: frames.length,
        frameP95: share(sorted, 0.95),
        frameMax: sorted.at(-1) ?? 0,
        rows: watch.rows,
        inp: durations.length < 50 ? (durations.at(-1) ?? 0) : share(durations, 0.98),
        interactions: durations.length,
      };
    },

    async climb(frames, pixels) {
      const scroller = log();
      if (!scroller) throw new Error('There is no list');
      const found = { movement: 0, jumps: 0, frames: 0, pages: 0 };
      const pagesBefore = pages;
      let watched: Element | undefined;
      let expected = 0;
      for (let frame = 0; frame < frames; frame++) {
        await nextFrame();
        const view = scroller.getBoundingClientRect();
        if (watched?.isConnected) {
          const moved = Math.abs(watched.getBoundingClientRect().top - expected);
          found.frames++;
          found.movement = Math.max(found.movement, moved);
          if (moved > 1) found.jumps++;
        }
        // One that stays on screen through the next step.
        watched = [...rows].find((row) => row.getBoundingClientRect().top > view.top + view.height / 4);
        const before = scroller.scrollTop;
        // As many frames of rest as of motion: a page may come in either.
        if (Math.floor(frame / 20) % 2 === 0) scroller.scrollTop = before - pixels;
        expected = watched?.getBoundingClientRect().top ?? 0;
        // The scroll position is a whole number of device pixels, and ends at the top.
      }
      return { ...found, pages: pages - pagesBefore };
    },

    transferred: () =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce(
        (sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize,
        0,
      ),
  };
}
