import { Component, inject, input } from '@angular/core';
import { PORTAL_LABELS } from '../portal.labels';

/** Why a reload would help. */
export interface ReloadOffer {
  reload(): void;
  later(): void;
}

/** Offers a reload at the edge of the page: it takes no focus and covers nothing that one writes in. */
@Component({
  selector: 'cc-reload-notice',
  template: `
    <p>{{ text() }}</p>
    <button type="button" class="now" (click)="offer().reload()">{{ labels.reload }}</button>
    <button type="button" (click)="offer().later()">{{ labels.later }}</button>
  `,
  styles: `
    :host {
      position: fixed;
      inset-block-start: calc(64px + env(safe-area-inset-top));
      inset-inline-end: max(16px, env(safe-area-inset-right));
      z-index: 15;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
      box-sizing: border-box;
      max-inline-size: min(420px, calc(100vw - 32px));
      padding-block: 10px 4px;
      padding-inline: 18px 8px;
      border: 1px solid var(--chat-line);
      border-radius: var(--chat-radius);
      background: var(--chat-raised);
      box-shadow: 0 8px 28px rgb(15 25 35 / 0.18);
    }
    p {
      flex: 1 1 auto;
      margin: 0;
    }
    button {
      min-block-size: 44px;
      padding-inline: 14px;
      border: 0;
      border-radius: 22px;
      background: none;
      color: var(--chat-muted);
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
    button:hover {
      background: var(--chat-brand-soft);
    }
    .now {
      color: var(--chat-brand);
    }
  `,
})
export class ReloadNotice {
  protected readonly labels = inject(PORTAL_LABELS);
  readonly text = input.required<string>();
  readonly offer = input.required<ReloadOffer>();
}
