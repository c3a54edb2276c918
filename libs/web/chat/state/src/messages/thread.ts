import type { Message, MessagePage } from '@course-chat/contracts';
import type { CommandErrorCode } from '@course-chat/web/realtime';

/** An own change that the server has not confirmed; taken away again, it was never there. */
export type Overlay = { kind: 'edit'; text: string } | { kind: 'delete' };

/** Where a page of messages joins the thread. */
export type PagePlace = 'newest' | 'around' | 'older' | 'newer';

/** What is known of one chat's messages. Positions are seqs: they run 1..n without holes and are the only order. */
export interface Thread {
  /** By seq. A Map: with each message it is copied, which takes an object many times as long. */
  messages: ReadonlyMap<number, Message>;
  /** The run without holes that is on screen, both ends included; null before the first page. An empty chat is 1..0. */
  window: { readonly from: number; readonly to: number } | null;
  /** Whether the window follows the end of the chat. What lies beyond a hole is held back until the hole is filled. */
  live: boolean;
  /** The highest seq known to exist. */
  tail: number;
  /** The highest rev that a page is known to have come after; above `rev`, changes are missing. */
  lastRev: number;
  /** Every change up to this rev is applied; `ahead` are later ones that were applied before those in between. */
  rev: number;
  ahead: readonly number[];
  /** The rev that the page came after which began the thread: its messages stand for every change up to there. */
  startRev: number;
  overlays: Readonly<Record<number, Overlay>>;
  loading: PagePlace | null;
  error: CommandErrorCode | null;
  /** Whether what is shown is what this device remembers: the server has not answered yet. */
  fromDevice: boolean;
}

export const emptyThread: Thread = {
  messages: new Map(),
  window: null,
  live: false,
  tail: 0,
  lastRev: 0,
  rev: 0,
  ahead: [],
  startRev: 0,
  overlays: {},
  loading: null,
  error: null,
  fromDevice: false,
};

/** Puts messages in, whichever way and however often they come. The newest rev of each wins. */
export function withMessages(thread: Thread, incoming: readonly Message[]): Thread {
  const news = incoming.filter((message) => {
    const known = thread.messages.get(message.seq);
    return !known || message.rev > known.rev;
  });
  if (news.length === 0) return thread;
  const messages = new Map(thread.messages);
  let tail = thread.tail;
  for (const message of news) {
    messages.set(message.seq, message);
    tail = Math.max(tail, message.seq);
  }
  return settled({ ...thread, messages, tail });
}

/** Stretches the window over everything that joins it without a hole. */
function settled(thread: Thread): Thread {
  if (!thread.window) return thread;
  let { from, to } = thread.window;
  while (thread.messages.has(to + 1)) to++;
  while (thread.messages.has(from - 1)) from--;
  const live = thread.live || to >= thread.tail;
  if (from === thread.window.from && to === thread.window.to && live === thread.live) return thread;
  return { ...thread, window: { from, to }, live, error: live ? null : thread.error };
}

/** Notes that the change with this rev is applied. */
export function withRev(thread: Thread, rev: number): Thread {
  if (rev <= thread.rev || thread.ahead.includes(rev)) return thread;
  return caughtUpTo({ ...thread, ahead: [...thread.ahead, rev] }, thread.rev);
}

/** Notes that every change up to `rev` is applied. */
export function caughtUpTo(thread: Thread, rev: number): Thread {
  let reached = Math.max(thread.rev, rev);
  while (thread.ahead.includes(reached + 1)) reached++;
  const ahead = thread.ahead.filter((later) => later > reached);
  return { ...thread, rev: reached, ahead };
}

/** Notes that the chat is at least this long. */
export function withTail(thread: Thread, tail: number): Thread {
  return tail > thread.tail ? settled({ ...thread, tail }) : thread;
}

/** Shows what this device remembers of the end of a chat, unless the server was quicker. */
export function withCopy(thread: Thread, { messages, rev }: { messages: readonly Message[]; rev: number }): Thread {
  if (thread.window) return thread;
  const loaded = caughtUpTo(withMessages(thread, messages), rev);
  const window = { from: messages[0]?.seq ?? 1, to: messages.at(-1)?.seq ?? 0 };
  return settled({ ...loaded, window, live: true, error: null, fromDevice: true });
}

/** Takes in a page of history, but no first page that was asked for before the one that began the thread: it may lack changes. */
export function withPage(before: Thread, page: MessagePage, place: PagePlace, baseRev: number): Thread {
  if (!isEdge(place) && baseRev < before.startRev) return before;
  const thread = before.fromDevice ? withoutStaleCopy(before, page, place) : before;
  const loaded = withMessages(thread, page.items);
  const first = runStart(page.items);
  const last = page.items.at(-1)?.seq ?? 0;
  const tail = Math.max(loaded.tail, page.hasNewer ? last + 1 : last);
  const lastRev = Math.max(loaded.lastRev, baseRev);
  const rest = { tail, lastRev, loading: loadingAfter(thread, place), error: null, fromDevice: false };
  if (isEdge(place)) return settled({ ...loaded, ...rest, error: loaded.error });
  return settled({
    ...loaded,
    ...rest,
    window: page.items.length > 0 ? { from: first, to: last } : { from: 1, to: 0 },
    live: place === 'newest' || !page.hasNewer,
    // The changes before the first page are in it; those after it were noted one by one.
    ...(thread.window ? {} : { ...pick(caughtUpTo(loaded, baseRev)), startRev: baseRev }),
  });
}

/** What is still on its way when a page came, or failed to: one at an edge is not what a thread that starts over waits for. */
export function loadingAfter({ loading }: Thread, place: PagePlace): PagePlace | null {
  return isEdge(place) && loading !== place ? loading : null;
}

/** Whether a page joins what is there, where the others begin anew. */
function isEdge(place: PagePlace): boolean {
  return place === 'older' || place === 'newer';
}

/** What is remembered of a chat's end is worth nothing where the new end is far from it: then the page starts the thread. */
function withoutStaleCopy(thread: Thread, { items }: MessagePage, place: PagePlace): Thread {
  const first = items[0]?.seq ?? 1;
  if (place !== 'newest' || !thread.window || first <= thread.window.to + 1) return thread;
  const { overlays, ahead, tail } = thread;
  return { ...emptyThread, overlays, ahead, tail };
}

function pick({ rev, ahead }: Thread): Pick<Thread, 'rev' | 'ahead'> {
  return { rev, ahead };
}

/** Where the run without holes that ends the page begins: the page itself, unless the server left something out. */
function runStart(items: readonly Message[]): number {
  let start = items.at(-1)?.seq ?? 1;
  for (const { seq } of items.toReversed()) {
    if (seq === start - 1) start = seq;
  }
  return start;
}

/** Too much was missed: nothing that is known can be trusted, and the newest page comes next. */
export function resetThread(thread: Thread, rev: number): Thread {
  return { ...emptyThread, rev, overlays: thread.overlays, loading: 'newest' };
}

/** Whether something is missing that other events prove to exist. */
export function hasHole(thread: Thread): boolean {
  if (!thread.window) return false;
  return thread.ahead.length > 0 || thread.lastRev > thread.rev || (thread.live && thread.tail > thread.window.to);
}

/** What `sync` is told has been applied: history that is only scrolled through is not asked for again. */
export function positionOf(thread: Thread): { seq: number; rev: number } {
  const to = thread.window?.to ?? 0;
  return { seq: thread.live ? to : Math.max(to, thread.tail), rev: thread.rev };
}

/** Whether the end of the chat is shown, is on its way, or could not be loaded: then one's own unsent messages stand below. */
export function endsOnScreen({ window, live, loading, error }: Thread): boolean {
  return window === null || live || loading === 'newest' || error !== null;
}

/** The messages on screen, oldest first. */
export function shownMessages(thread: Thread): Message[] {
  const shown: Message[] = [];
  if (!thread.window) return shown;
  for (let seq = thread.window.from; seq <= thread.window.to; seq++) {
    const message = thread.messages.get(seq);
    if (message) shown.push(message);
  }
  return shown;
}
