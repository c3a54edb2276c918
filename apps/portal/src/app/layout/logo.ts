import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PORTAL_LABELS } from '../portal.labels';

/** The product's name and mark: the way back to one's own start. */
@Component({
  selector: 'cc-logo',
  imports: [RouterLink],
  template: `<a routerLink="/">{{ labels.product }}</a>`,
  styles: `
    a {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      min-block-size: 44px;
      color: var(--chat-text);
      font-weight: 700;
      letter-spacing: -0.01em;
      white-space: nowrap;
      text-decoration: none;
    }
    a::before {
      content: '';
      inline-size: 22px;
      block-size: 22px;
      border-radius: 7px;
      border-end-end-radius: 2px;
      background: var(--chat-brand);
    }
    @media (forced-colors: active) {
      a::before {
        border: 1px solid;
      }
    }
  `,
})
export class Logo {
  protected readonly labels = inject(PORTAL_LABELS);
}
