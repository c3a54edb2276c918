import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PORTAL_LABELS } from '../portal.labels';

/** An address that leads nowhere. */
@Component({
  selector: 'cc-not-found',
  imports: [RouterLink],
  styleUrl: './message-page.css',
  template: `
    <main>
      <h1>{{ labels.notFound }}</h1>
      <p>{{ labels.notFoundHint }}</p>
      <a routerLink="/">{{ labels.toStart }}</a>
    </main>
  `,
})
export class NotFound {
  protected readonly labels = inject(PORTAL_LABELS);
}
