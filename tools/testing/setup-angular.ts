import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';

// Angular only warns about an unknown element or input in a template; in a spec that is a mistake, so it fails.
setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });

// jsdom has no layout, so it has none of what reports layout. These stay silent; a spec that needs a report brings its own.
class SilentObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): never[] {
    return [];
  }
}

const silent = {
  ResizeObserver: SilentObserver,
  IntersectionObserver: SilentObserver,
  matchMedia: (media: string) =>
    Object.assign(new EventTarget(), { media, matches: false, onchange: null, addListener() {}, removeListener() {} }),
};
for (const [name, value] of Object.entries(silent)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
for (const method of ['scrollTo', 'scrollBy', 'scrollIntoView'] as const) {
  if (!(method in Element.prototype)) {
    Object.defineProperty(Element.prototype, method, { value: () => undefined, writable: true, configurable: true });
  }
}
