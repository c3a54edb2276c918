import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PORTAL_LABELS } from '../portal.labels';

/** The product's name and mark: the way back to one's own start. */
@Component({
  selector: 'cc-logo',
  imports: [RouterLink],
  template: `<a routerLink="/"
    ><span>{{ labels.product }}</span></a
  >`,
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
      border-end-start-radius: 2px;
      background: var(--chat-brand);
    }
    /* On the narrowest phones the mark alone is seen; the name is still the link's. */
    @media (width < 360px) {
      span {
        position: absolute;
        inline-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      a {
        min-inline-size: 32px;
      }
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
