import { SCREENS_AHEAD, type View } from './list-window';

/** What the list knows about what is loaded. */
export interface LoadedPages {
  firstKey: string;
  lastKey: string;
  hasOlder: boolean;
  loadingOlder: boolean;
  hasNewer: boolean;
  loadingNewer: boolean;
}

/** Decides when a further page is needed: one and a half screens ahead, once for each edge, again after a load came to nothing. */
export class PageAsker {
  private olderAt: string | null = null;
  private newerAt: string | null = null;

  reset(): void {
    this.olderAt = this.newerAt = null;
  }

  ask(pages: LoadedPages, view: View, distanceFromEnd: number): { older: boolean; newer: boolean } {
    const ahead = SCREENS_AHEAD * view.height;
    if (pages.loadingOlder) this.olderAt = null;
    if (pages.loadingNewer) this.newerAt = null;
    const older = pages.hasOlder && !pages.loadingOlder && view.top < ahead && this.olderAt !== pages.firstKey;
    const newer = pages.hasNewer && !pages.loadingNewer && distanceFromEnd < ahead && this.newerAt !== pages.lastKey;
    if (older) this.olderAt = pages.firstKey;
    if (newer) this.newerAt = pages.lastKey;
    return { older, newer };
  }
}
