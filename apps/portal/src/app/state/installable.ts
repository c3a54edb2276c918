import { createEnvironmentInjector, InjectionToken, type EnvironmentInjector } from '@angular/core';
import { provideServiceWorker } from '@angular/service-worker';
import { WORKER } from '../trusted-scripts';
import { NewVersion } from './new-version';

/** The browser's service workers, as far as they are needed here. */
export type Workers = Pick<ServiceWorkerContainer, 'register' | 'addEventListener' | 'controller'>;

export const WORKERS = new InjectionToken<Workers | undefined>('WORKERS', {
  providedIn: 'root',
  factory: () => navigator.serviceWorker,
});

/** Says what the portal is as an app. Not in index.html: the files of the first page come before it. */
export function addManifest(document: Document): void {
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = 'manifest.webmanifest';
  document.head.append(link);
}

/**
 * Registers the worker that keeps the portal's files on this device, and watches for newer ones. Null where the browser has
 * no workers.
 */
export function startServiceWorker(parent: EnvironmentInjector): NewVersion | null {
  const workers = parent.get(WORKERS);
  if (!workers) return null;
  // A worker that has just taken over begins to fill its store at once.
  workers.addEventListener('controllerchange', () => workers.controller?.postMessage({ action: 'INITIALIZE' }));
  // Refused in private windows, and where the disk is full: the portal then is a page like any other.
  workers.register(WORKER).catch((error: unknown) => console.warn('The portal is not kept on this device', error));
  // Its own registration runs when an application starts only, and this one has started.
  const own = createEnvironmentInjector([provideServiceWorker(WORKER), NewVersion], parent);
  return own.get(NewVersion);
}
