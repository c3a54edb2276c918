import { Component, input } from '@angular/core';

/** An empty, failed or missing page: what is the matter, and the next step as its content. */
@Component({
  selector: 'cc-notice',
  template: `
    <h2>{{ heading() }}</h2>
    @if (hint(); as text) {
      <p>{{ text }}</p>
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 8px;
      padding: clamp(32px, 8vh, 80px) 16px;
      border: 1px dashed color-mix(in srgb, var(--chat-muted) 45%, transparent);
      border-radius: var(--chat-radius);
      text-align: center;
    }
    h2 {
      margin: 0;
      font-size: 18px;
    }
    p {
      margin: 0 0 8px;
      max-inline-size: 44ch;
      color: var(--chat-muted);
    }
  `,
})
export class Notice {
  readonly heading = input.required<string>();
  readonly hint = input<string>();
}
