import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

/** An address that leads nowhere. */
@Component({
  selector: 'cc-not-found',
  imports: [RouterLink],
  template: `<h1>This page does not exist</h1><a routerLink="/">Go to the start</a>`,
})
export class NotFound {}
