import { VERSION, ɵSHARED_STYLES_HOST } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { AdoptedStylesHost, provideAdoptedStyles } from './adopted-styles-host';

/** jsdom has no constructed sheets; these remember their text. */
class FakeSheet {
  text = '';
  replaceSync(text: string): void {
    this.text = text;
  }
}

describe(AdoptedStylesHost.name, () => {
  const adopted = () => (document.adoptedStyleSheets as unknown as FakeSheet[]).map(({ text }) => text);

  beforeEach(() => {
    Object.assign(globalThis, { CSSStyleSheet: FakeSheet });
    Object.defineProperty(document, 'adoptedStyleSheets', { value: [], writable: true, configurable: true });
    TestBed.configureTestingModule({ providers: [provideAdoptedStyles()] });
  });

  it('is what Angular asks for styles', () => {
    // Private names: whoever raises the version looks here whether they still are what they were.
    expect(VERSION.full).toBe('22.2.0');
    expect(TestBed.inject(ɵSHARED_STYLES_HOST)).toBeInstanceOf(AdoptedStylesHost);
  });

  it('adopts each style once, in order, and writes no element', () => {
    const host = TestBed.inject(ɵSHARED_STYLES_HOST) as AdoptedStylesHost;
    host.addStyles(['a {}']);
    host.addHost(document.head);
    host.addHost(document.head);
    host.addStyles(['a {}', 'b {}']);
    expect(adopted()).toEqual(['a {}', 'b {}']);
    expect([...document.querySelectorAll('style')].map(({ textContent }) => textContent)).not.toContain('b {}');
  });

  it('lets go of them with the last component, and takes them up again', () => {
    const host = TestBed.inject(ɵSHARED_STYLES_HOST) as AdoptedStylesHost;
    host.addHost(document.head);
    host.addStyles(['a {}', 'b {}']);
    host.addStyles(['a {}']);
    host.removeStyles(['a {}', 'b {}']);
    expect(adopted()).toEqual(['a {}']);
    host.removeStyles(['a {}']);
    expect(adopted()).toEqual([]);
    host.addStyles(['b {}']);
    expect(adopted()).toEqual(['b {}']);
  });

  it('dresses a shadow root that joins later, and undresses it', () => {
    const host = TestBed.inject(ɵSHARED_STYLES_HOST) as AdoptedStylesHost;
    const root = document.createElement('div').attachShadow({ mode: 'open' });
    Object.defineProperty(root, 'adoptedStyleSheets', { value: [], writable: true });
    host.addStyles(['a {}']);
    host.addHost(root);
    host.addStyles(['b {}']);
    expect(root.adoptedStyleSheets).toHaveLength(2);
    host.removeHost(root);
    expect(root.adoptedStyleSheets).toHaveLength(0);
  });

  it('leaves nothing behind', () => {
    const theirs = new CSSStyleSheet();
    document.adoptedStyleSheets.push(theirs);
    const host = TestBed.inject(ɵSHARED_STYLES_HOST) as AdoptedStylesHost;
    host.addHost(document.head);
    host.addStyles(['a {}']);
    expect(document.adoptedStyleSheets).toHaveLength(2);
    TestBed.resetTestingModule();
    expect(document.adoptedStyleSheets).toEqual([theirs]);
  });
});
