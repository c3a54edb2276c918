import { Component, computed, input } from '@angular/core';
import { shortCount } from '@course-chat/web/language';

/** A small number on an icon. Decoration: the link it sits on says the number in its name. */
@Component({
  selector: 'cc-badge',
  host: { 'aria-hidden': 'true' },
  template: `
    @if (count() > 0) {
      <span>{{ text() }}</span>
    }
  `,
  styles: `
    :host {
      position: absolute;
      inset: 0;
      pointer-events: none;
    }
    span {
      position: absolute;
      inset-block-start: 0;
      inset-inline-start: calc(50% + 2px);
      display: grid;
      place-items: center;
      box-sizing: border-box;
      min-inline-size: 19px;
      block-size: 19px;
      padding-inline: 5px;
      border: 1.5px solid var(--chat-surface);
      border-radius: 10px;
      background: var(--chat-brand);
      color: var(--chat-on-brand);
      font-size: 11px;
      font-weight: 700;
      font-variant-numeric: tabular-nums;
      line-height: 1;
    }
    @media (forced-colors: active) {
      span {
        border-color: CanvasText;
      }
    }
  `,
})
export class Badge {
  readonly count = input.required<number>();
  protected readonly text = computed(() => shortCount(this.count()));
}
