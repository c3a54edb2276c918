import { anchorOf, spaceAbove, type Placed, type View } from './list-window';
import type { Placement } from './list-state';
import type { MessageRow } from './message-rows';

/** Gap between the top of the screen and a row that was jumped to. */
const PLACE_GAP_PX = 12;
/** What a row is taken for until one has been measured. */
const FIRST_GUESS_PX = 64;

/** The elements of a list. Only `rows` holds what is measured; the spaces stand for what is not in the DOM. */
export interface ListElements {
  scroller: HTMLElement;
  content: HTMLElement;
  above: HTMLElement;
  rows: HTMLElement;
  below: HTMLElement;
}

/** What is to happen once new rows are in the DOM. */
export interface Settlement {
  rows: readonly MessageRow[];
  count: number;
  /** Messages that came before the first one since the last settlement. */
  grownBefore: number;
  place: Placement | null;
  /** Whether the view belongs at the end. */
  stuck: boolean;
}

/**
 * Keeps what is on screen in its place while rows come and go around it. It remembers where each row stood, and after
 * the DOM changed it makes up for every pixel the first visible row moved, before the browser paints: by changing the
 * empty space above where that is possible, which leaves a finger's momentum alone, else by scrolling.
 */
export class ListViewport {
  /** The rows in the DOM and where they stand in the content. */
  placed: readonly Placed[] = [];
  private above = 0;
  private settledHeight = 0;
  private measuredPixels = 0;
  private measuredRows = 0;

  constructor(private readonly elements: ListElements) {}

  get averageHeight(): number {
    return this.measuredRows > 0 ? this.measuredPixels / this.measuredRows : FIRST_GUESS_PX;
  }

  get view(): View {
    return { top: this.elements.scroller.scrollTop, height: this.elements.scroller.clientHeight };
  }

  get contentHeight(): number {
    return this.elements.scroller.scrollHeight;
  }

  get distanceFromEnd(): number {
    const { scroller } = this.elements;
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  }

  /** Whether the list has another height than when everything was put in its place. */
  get resized(): boolean {
    return this.elements.scroller.clientHeight !== this.settledHeight;
  }

  /** Forgets the chat before. */
  reset(): void {
    this.placed = [];
    this.above = this.measuredPixels = this.measuredRows = 0;
  }

  scrollToEnd(): void {
    this.scrollTo(this.elements.scroller.scrollHeight);
  }

  /** Scrolls no further than needed to show a whole row. */
  reveal(key: string): void {
    const row = this.placed.find((candidate) => candidate.key === key);
    if (!row) return;
    const { top, height } = this.view;
    if (row.top < top) this.scrollTo(row.top - PLACE_GAP_PX);
    else if (row.bottom > top + height) this.scrollTo(Math.min(row.top, row.bottom - height) + PLACE_GAP_PX);
  }

  elementOf(key: string): HTMLElement | null {
    const row = this.placed.findIndex((placed) => placed.key === key);
    const element = this.elements.rows.children[row];
    return element instanceof HTMLElement && element.dataset['key'] === key ? element : null;
  }

  /** Puts everything where it belongs after the DOM changed. */
  settle({ rows, count, grownBefore, place, stuck }: Settlement): void {
    const old = this.placed;
    const start = rows[0]?.index ?? 0;
    const end = (rows[rows.length - 1]?.index ?? -1) + 1;
    const grown = Math.round(grownBefore * this.averageHeight);
    // Written before anything is read: a content that were too short for a moment would be scrolled by the browser.
    this.writeAbove(this.above + grown + droppedAbove(old, rows));
    this.elements.below.style.blockSize = `${Math.round((count - end) * this.averageHeight)}px`;

    const view = this.view;
    this.settledHeight = view.height;
    this.placed = this.measure(rows, old);
    if (place) {
      this.put(place, start, view);
    } else if (!stuck) {
      this.keep(old, view, start, grown);
    } else {
      this.moveTo(spaceAbove(start, this.above, this.averageHeight));
    }
    if (stuck) this.scrollToEnd();
  }

  /** Scrolls to a row that is in the DOM already. */
  put({ key, align }: Placement, start: number, view = this.view): void {
    const height = this.averageHeight;
    if (align !== 'keep') this.moveTo(spaceAbove(start, this.above, height));
    const row = this.placed.find((candidate) => candidate.key === key);
    if (!row) return;
    if (align === 'keep' && start > 0) {
      this.moveTo(Math.max(0, this.above + view.top - row.top));
    } else {
      if (align === 'keep') this.moveTo(0);
      const placed = this.placed.find((candidate) => candidate.key === key) ?? row;
      const gap =
        align === 'center' ? Math.max(PLACE_GAP_PX, (view.height - (row.bottom - row.top)) / 2) : PLACE_GAP_PX;
      this.scrollTo(placed.top - gap);
    }
  }

  private keep(old: readonly Placed[], view: View, start: number, grown: number): void {
    const there = new Map(this.placed.map((row) => [row.key, row]));
    const anchor = anchorOf(old, view, (key) => there.has(key));
    const now = anchor && there.get(anchor.key);
    if (!anchor || !now) {
      this.moveTo(spaceAbove(start, this.above, this.averageHeight));
      return;
    }
    const shift = now.body - anchor.body;
    const before = this.above;
    this.moveTo(spaceAbove(start, before - (shift - grown), this.averageHeight));
    const left = shift + this.above - before;
    // Less than this is rounding, and scroll positions are whole device pixels on most screens.
    if (Math.abs(left) >= 0.1) this.scrollTo(this.elements.scroller.scrollTop + left);
  }

  private measure(rows: readonly MessageRow[], old: readonly Placed[]): Placed[] {
    const known = new Set(old.map((row) => row.key));
    const base = this.elements.content.getBoundingClientRect().top;
    const elements = this.elements.rows.children;
    return rows.flatMap((row, place) => {
      const element = elements[place];
      const box = element?.getBoundingClientRect();
      const body = element?.lastElementChild?.getBoundingClientRect();
      if (!box || !body) return [];
      if (!known.has(row.key)) {
        this.measuredRows++;
        this.measuredPixels += box.height;
      }
      const { key, index, message } = row;
      return [{ key, index, seq: message.seq, top: box.top - base, body: body.top - base, bottom: box.bottom - base }];
    });
  }

  /** Changes the empty space above; every row moves with it. */
  private moveTo(above: number): void {
    const moved = above - this.above;
    if (moved === 0) return;
    this.writeAbove(above);
    this.placed = this.placed.map((row) => ({
      ...row,
      top: row.top + moved,
      body: row.body + moved,
      bottom: row.bottom + moved,
    }));
  }

  private writeAbove(above: number): void {
    this.above = above;
    this.elements.above.style.blockSize = `${above}px`;
  }

  private scrollTo(top: number): void {
    this.elements.scroller.scrollTo({ top, behavior: 'instant' });
  }
}

/** How high the rows were that left at the top. */
function droppedAbove(old: readonly Placed[], rows: readonly MessageRow[]): number {
  const first = rows[0];
  const oldFirst = old[0];
  const was = first && old.find((row) => row.key === first.key);
  return was && oldFirst ? was.top - oldFirst.top : 0;
}
