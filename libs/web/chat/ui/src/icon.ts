import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { ICON_PATHS } from './icon-paths';

/** Every icon there is. */
export type IconName = keyof typeof ICON_PATHS;
/** Every icon there is. */
export const ICON_NAMES = Object.keys(ICON_PATHS) as IconName[];

// These point along the line of writing, so they turn around with it.
const TURNING: ReadonlySet<IconName> = new Set<IconName>(['send', 'back', 'logout']);

/** An inline icon in the colour of the text around it. Decoration unless it has a `label`. */
@Component({
  selector: 'cc-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<svg
    viewBox="0 0 24 24"
    focusable="false"
    [class.turns]="turns()"
    [attr.role]="label() ? 'img' : null"
    [attr.aria-label]="label() || null"
    [attr.aria-hidden]="label() ? null : 'true'"
  >
    <path [attr.d]="path()" />
  </svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
    svg {
      inline-size: var(--cc-icon-size, 1.25em);
      block-size: var(--cc-icon-size, 1.25em);
      fill: none;
      stroke: currentColor;
      stroke-width: 1.8;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .turns:dir(rtl) {
      transform: scaleX(-1);
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  /** Spoken name; without one the icon is hidden from assistive technology. */
  readonly label = input<string>();

  protected readonly path = computed(() => ICON_PATHS[this.name()]);
  protected readonly turns = computed(() => TURNING.has(this.name()));
}
