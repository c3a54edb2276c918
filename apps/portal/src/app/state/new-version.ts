import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SwUpdate } from '@angular/service-worker';
import { filter, map, merge } from 'rxjs';

/** How often a page that stays open asks whether there is a new version. */
const CHECK_EVERY_MS = 30 * 60_000;

/**
 * Whether a newer version of the portal is ready on this device. It waits for a person: a page that reloads by itself takes
 * the place away from whoever is reading or writing.
 */
@Injectable()
export class NewVersion {
  private readonly updates = inject(SwUpdate);
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly offered = signal(false);
  readonly ready = this.offered.asReadonly();

  constructor() {
    if (!this.updates.isEnabled) return;
    merge(
      this.updates.versionUpdates.pipe(filter(({ type }) => type === 'VERSION_READY')),
      // Files that this page still needs are gone on both sides: only a new page helps.
      this.updates.unrecoverable,
    )
      .pipe(
        map(() => true),
        takeUntilDestroyed(),
      )
      .subscribe((ready) => this.offered.set(ready));
    // A failed question is asked again in time; offline there is nothing new.
    const timer = setInterval(() => void this.updates.checkForUpdate().catch(() => false), CHECK_EVERY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  /** What was typed is a draft on this device, what waits is in the outbox. */
  reload(): void {
    this.window?.location.reload();
  }

  /** Until the next one comes; a new visit has the new version anyway. */
  later(): void {
    this.offered.set(false);
  }
}
