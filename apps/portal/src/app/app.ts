import { Component, computed, DOCUMENT, EnvironmentInjector, inject, isDevMode, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { Store } from '@ngrx/store';
import { delay, filter, map, skip } from 'rxjs';
import { authFeature } from '@course-chat/web/auth';
import { ReloadNotice } from './layout/reload-notice';
import { PORTAL_LABELS } from './portal.labels';
import { keepAppBadge } from './state/app-badge';
import { FIRST_PAGE } from './state/first-page';
import { MissingPart } from './state/missing-part';
import type { NewVersion } from './state/new-version';

/** The root: whatever the address says, once it is known whether somebody is logged in. */
@Component({
  selector: 'cc-root',
  imports: [ReloadNotice, RouterOutlet],
  template: `
    <router-outlet />
    @if (waiting()) {
      <div class="wait" role="status">{{ unreachable() ? labels.unreachable : labels.connecting }}</div>
    }
    @if (leaving()) {
      <div class="wait leaving" role="status">{{ labels.loggingOut }}</div>
    }
    <div role="status">
      @if (missing.shown()) {
        <cc-reload-notice [text]="labels.partMissing" [offer]="missing" />
      } @else if (version(); as version) {
        @if (version.ready()) {
          <cc-reload-notice [text]="labels.newVersion" [offer]="version" />
        }
      }
    </div>
    <p class="said" aria-live="polite">{{ page() }}</p>
  `,
  styles: `
    .wait {
      position: fixed;
      inset: 0;
      display: grid;
      place-items: center;
      /* Below the mark that the document brings. */
      padding: 208px 24px 24px;
      color: var(--chat-muted);
      text-align: center;
      /* Most answers come sooner than this, and then nothing flickers. */
      animation: cc-appear 0s 400ms both;
    }
    .leaving {
      z-index: 30;
      padding-block-start: 24px;
      background: var(--chat-canvas);
      animation-delay: 150ms;
    }
    @keyframes cc-appear {
      from {
        visibility: hidden;
      }
    }
    .said {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      margin: 0;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  `,
})
export class App {
  protected readonly labels = inject(PORTAL_LABELS);
  /** Once the service worker is there, whether a newer version is. */
  protected readonly version = signal<NewVersion | null>(null);
  private readonly store = inject(Store);
  private readonly status = this.store.selectSignal(authFeature.selectStatus);
  private readonly title = inject(Title);

  private readonly arrived = signal(false);
  /** Whether no page can be shown before it is known who is there. */
  protected readonly waiting = computed(() => this.status() === 'unknown' && !this.arrived());
  /** Whether somebody is logging out: the server may take its time. */
  protected readonly leaving = this.store.selectSignal(authFeature.selectLeaving);
  protected readonly missing = inject(MissingPart);
  protected readonly unreachable = this.store.selectSignal(authFeature.selectUnreachable);
  private readonly arrivals = inject(Router).events.pipe(filter((event) => event instanceof NavigationEnd));
  /** A browser says nothing when a script changes the page, so the new page's title is said here; not the first one's. */
  protected readonly page = toSignal(
    this.arrivals.pipe(
      skip(1),
      delay(100),
      map(() => this.title.getTitle()),
    ),
    { initialValue: '' },
  );

  constructor() {
    const document = inject(DOCUMENT);
    this.arrivals.pipe(takeUntilDestroyed()).subscribe(() => {
      document.getElementById('boot')?.remove();
      this.arrived.set(true);
      this.missing.later();
    });
    keepAppBadge();
    if (!isDevMode()) void this.beInstallable(inject(FIRST_PAGE), document, inject(EnvironmentInjector));
  }

  private async beInstallable(firstPage: Promise<unknown>, document: Document, injector: EnvironmentInjector) {
    await firstPage;
    const { addManifest, startServiceWorker } = await import('./state/installable');
    addManifest(document);
    this.version.set(startServiceWorker(injector));
  }
}
