import { Service, effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router';
import { Store } from '@ngrx/store';
import { selectUnreadTotal } from '@course-chat/web/chat/state';
import { shortCount } from '@course-chat/web/language';
import { PORTAL_LABELS } from '../portal.labels';

/** The document's title with the number of unread messages before it, as people know it from other messengers: "(3) Chats". */
@Service({ autoProvided: false })
export class BadgedTitle extends Title {
  private readonly unread = inject(Store).selectSignal(selectUnreadTotal);
  private plain = '';

  constructor() {
    super(document);
    effect(() => this.write(this.unread()));
  }

  override getTitle(): string {
    return this.plain;
  }

  override setTitle(title: string): void {
    this.plain = title;
    this.write(this.unread());
  }

  private write(unread: number): void {
    if (this.plain) super.setTitle(unread > 0 ? `(${shortCount(unread)}) ${this.plain}` : this.plain);
  }
}

/** "Chats · Course Chat": a page's name before the product's. */
export function documentTitle(): (page: string) => string {
  const { product } = inject(PORTAL_LABELS);
  return (page) => `${page} · ${product}`;
}

/** Names the document after the page a route shows. */
@Service({ autoProvided: false })
export class PageTitles extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly labels = inject(PORTAL_LABELS);
  private readonly documentTitle = documentTitle();

  override updateTitle(state: RouterStateSnapshot): void {
    const page = this.buildTitle(state);
    this.title.setTitle(page ? this.documentTitle(page) : this.labels.product);
  }
}
