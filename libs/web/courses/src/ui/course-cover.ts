import { Component, computed, input } from '@angular/core';

/** A course without a picture still gets a face of its own: a pattern drawn from its id. Decoration only. */
@Component({
  selector: 'cc-course-cover',
  host: { 'aria-hidden': 'true', '[style.--cc-hue]': 'look().hue' },
  template: `
    <svg viewBox="0 0 240 90" preserveAspectRatio="xMidYMid slice" focusable="false">
      @for (disc of look().discs; track $index) {
        <circle [attr.cx]="disc.x" [attr.cy]="disc.y" [attr.r]="disc.r" [attr.opacity]="disc.o" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
      overflow: hidden;
      background: hsl(var(--cc-hue) 34% 88%);
      color: hsl(var(--cc-hue) 38% 42%);
    }
    svg {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      fill: currentColor;
    }
    :host-context([data-chat-theme='dark']) {
      background: hsl(var(--cc-hue) 22% 22%);
      color: hsl(var(--cc-hue) 36% 58%);
    }
    @media (prefers-color-scheme: dark) {
      :host-context(:root:not([data-chat-theme='light'])) {
        background: hsl(var(--cc-hue) 22% 22%);
        color: hsl(var(--cc-hue) 36% 58%);
      }
    }
  `,
})
export class CourseCover {
  readonly courseId = input.required<string>();

  protected readonly look = computed(() => {
    let seed = 2_166_136_261;
    for (const character of this.courseId()) seed = Math.imul(seed ^ character.charCodeAt(0), 16_777_619);
    const next = () => {
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      return (seed >>> 0) / 2 ** 32;
    };
    return {
      hue: Math.floor(next() * 360),
      discs: Array.from({ length: 5 }, () => ({
        x: Math.round(next() * 240),
        y: Math.round(next() * 90),
        r: Math.round(14 + next() * 46),
        o: (0.12 + next() * 0.4).toFixed(2),
      })),
    };
  });
}
