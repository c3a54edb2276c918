import { EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { addManifest, startServiceWorker, WORKERS } from './installable';

describe(startServiceWorker.name, () => {
  const start = (workers: unknown) => {
    TestBed.configureTestingModule({ providers: [{ provide: WORKERS, useValue: workers }] });
    return startServiceWorker(TestBed.inject(EnvironmentInjector));
  };

  it('does nothing where the browser has no workers', () => {
    expect(start(undefined)).toBeNull();
  });

  it('registers the worker that the page’s policy knows, and lets a new one fill its store', () => {
    const told: unknown[] = [];
    const workers = Object.assign(new EventTarget(), {
      register: jest.fn(async () => ({})),
      controller: { postMessage: (message: unknown) => told.push(message) },
    });
    expect(start(workers)?.ready()).toBe(false);
    expect(workers.register).toHaveBeenCalledWith('ngsw-worker.js');
    workers.dispatchEvent(new Event('controllerchange'));
    expect(told).toEqual([{ action: 'INITIALIZE' }]);
  });

  it('is a page like any other where a worker is refused', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const register = async () => Promise.reject(new DOMException('private', 'SecurityError'));
    expect(start(Object.assign(new EventTarget(), { register, controller: null }))).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve));
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});

it('names what the portal is as an app when the first page is there', () => {
  addManifest(document);
  expect(document.head.querySelector('link[rel=manifest]')?.getAttribute('href')).toBe('manifest.webmanifest');
});
