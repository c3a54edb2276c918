import { Injectable, type Provider, ɵSHARED_STYLES_HOST } from '@angular/core';
import { ɵSharedStylesHost } from '@angular/platform-browser';

/** Where component styles go: the document or one shadow root. */
type StyleRoot = Document | ShadowRoot;

interface Adopted {
  readonly sheet: CSSStyleSheet;
  usage: number;
}

/**
 * Hands component styles to the page as constructed style sheets, where Angular would write `<style>` elements. Those are
 * inline styles to a content security policy; sheets made by a script that may run are not (CSSOM, "adoptedStyleSheets").
 */
@Injectable()
export class AdoptedStylesHost extends ɵSharedStylesHost {
  private readonly adopted = new Map<string, Adopted>();
  private readonly roots = new Set<StyleRoot>();

  /** Files by address, which only the development server uses, stay what they are: links. */
  override addStyles(styles: string[], urls?: string[]): void {
    for (const text of styles) this.adopt(text);
    super.addStyles([], urls);
  }

  override removeStyles(styles: string[], urls?: string[]): void {
    for (const text of styles) this.release(text);
    super.removeStyles([], urls);
  }

  override addHost(host: Node): void {
    const root = rootOf(host);
    if (!this.roots.has(root)) {
      this.roots.add(root);
      root.adoptedStyleSheets.push(...[...this.adopted.values()].filter(isUsed).map(({ sheet }) => sheet));
    }
    super.addHost(host);
  }

  override removeHost(host: Node): void {
    const root = rootOf(host);
    // The document keeps its styles as long as the application runs.
    if (root instanceof ShadowRoot && this.roots.delete(root)) root.adoptedStyleSheets = [];
    super.removeHost(host);
  }

  override ngOnDestroy(): void {
    const ours = new Set([...this.adopted.values()].map(({ sheet }) => sheet));
    for (const root of this.roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !ours.has(sheet));
    }
    this.roots.clear();
    this.adopted.clear();
    super.ngOnDestroy();
  }

  private adopt(text: string): void {
    let entry = this.adopted.get(text);
    if (!entry) {
      entry = { sheet: new CSSStyleSheet(), usage: 0 };
      entry.sheet.replaceSync(text);
      this.adopted.set(text, entry);
    }
    if (entry.usage++ > 0) return;
    for (const root of this.roots) root.adoptedStyleSheets.push(entry.sheet);
  }

  /** A sheet nobody uses leaves the page and stays parsed: its component will come again. */
  private release(text: string): void {
    const entry = this.adopted.get(text);
    if (!entry || --entry.usage > 0) return;
    for (const root of this.roots) {
      const at = root.adoptedStyleSheets.indexOf(entry.sheet);
      if (at >= 0) root.adoptedStyleSheets.splice(at, 1);
    }
  }
}

/** Puts the sheets in the place of Angular's `<style>` elements. Private names of Angular: its version is pinned. */
export function provideAdoptedStyles(): Provider {
  return { provide: ɵSHARED_STYLES_HOST, useClass: AdoptedStylesHost };
}

function isUsed({ usage }: Adopted): boolean {
  return usage > 0;
}

function rootOf(host: Node): StyleRoot {
  const root = host.getRootNode();
  return root instanceof ShadowRoot ? root : (host.ownerDocument ?? document);
}
