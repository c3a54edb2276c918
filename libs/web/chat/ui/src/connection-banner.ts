import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { Connection } from './models';

/** Says calmly that the line is down, after two seconds of it, and that it is back. */
@Component({ selector: 'cc-connection-banner', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class ConnectionBanner {
  readonly connection = input.required<Connection>();
}
