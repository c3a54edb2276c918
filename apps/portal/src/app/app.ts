import {
  ApplicationRef,
  Component,
  computed,
  DOCUMENT,
  EnvironmentInjector,
  inject,
  isDevMode,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { Store } from '@ngrx/store';
import { delay, filter, map, skip, take } from 'rxjs';
import { authFeature } from '@course-chat/web/auth';
import { NewVersionNotice } from './layout/new-version-notice';
import { PORTAL_LABELS } from './portal.labels';
import { keepAppBadge } from './state/app-badge';
import type { NewVersion } from './state/new-version';

/** The root: whatever the address says, once it is known whether somebody is logged in. */
@Component({
  selector: 'cc-root',
  imports: [NewVersionNotice, RouterOutlet],
  template: `
    <router-outlet />
    @if (unknown()) {
      <div class="wait" role="status">{{ unreachable() ? labels.unreachable : labels.connecting }}</div>
    }
    <div role="status">
      @defer (when version()?.ready()) {
        @if (version(); as version) {
          @if (version.ready()) {
            <cc-new-version-notice [version]="version" />
          }
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

  protected readonly unknown = computed(() => this.status() === 'unknown');
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
    this.arrivals.pipe(take(1)).subscribe(() => document.getElementById('boot')?.remove());
    keepAppBadge();
    if (!isDevMode()) void this.keepOnDevice(inject(ApplicationRef), inject(EnvironmentInjector));
  }

  private async keepOnDevice(app: ApplicationRef, injector: EnvironmentInjector): Promise<void> {
    await app.whenStable();
    const { startServiceWorker } = await import('./state/service-worker');
    this.version.set(startServiceWorker(injector));
  }
}
