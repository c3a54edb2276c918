import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import { avatarColor, initials } from './avatar-look';

/** A person's picture or initials, with a dot when they are online. Decoration: the name stands beside it. */
@Component({
  selector: 'cc-avatar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true', '[style.--cc-avatar-size.px]': 'size()' },
  template: `
    @if (avatarUrl() && !broken()) {
      <img [src]="avatarUrl()" alt="" loading="lazy" decoding="async" (error)="broken.set(true)" />
    } @else {
      <span class="initials" [style.background-color]="color()">{{ letters() }}</span>
    }
    @if (online()) {
      <span class="dot"></span>
    }
  `,
  styles: `
    :host {
      position: relative;
      display: inline-block;
      flex: none;
      inline-size: var(--cc-avatar-size);
      block-size: var(--cc-avatar-size);
    }
    img,
    .initials {
      inline-size: 100%;
      block-size: 100%;
      border-radius: 50%;
    }
    img {
      display: block;
      object-fit: cover;
    }
    .initials {
      display: grid;
      place-items: center;
      color: #fff;
      font-size: calc(var(--cc-avatar-size) * 0.35);
      font-weight: 600;
      line-height: 1;
      user-select: none;
    }
    .dot {
      position: absolute;
      inset-block-end: -1px;
      inset-inline-end: -1px;
      /* Small enough to leave the letters alone. */
      --dot: round(clamp(12px, calc(var(--cc-avatar-size) * 0.32), 16px), 1px);
      inline-size: var(--dot);
      block-size: var(--dot);
      box-sizing: border-box;
      border: 2px solid var(--chat-surface);
      border-radius: 50%;
      background: var(--chat-online);
    }
    @media (forced-colors: active) {
      .initials {
        border: 1px solid CanvasText;
      }
      .dot {
        background: Highlight;
        forced-color-adjust: none;
      }
    }
  `,
})
export class Avatar {
  readonly name = input.required<string>();
  readonly avatarUrl = input<string | null>(null);
  readonly online = input(false);
  /** Edge in CSS pixels. */
  readonly size = input(44);

  protected readonly broken = linkedSignal({ source: this.avatarUrl, computation: () => false });
  protected readonly letters = computed(() => initials(this.name()));
  protected readonly color = computed(() => avatarColor(this.name()));
}
