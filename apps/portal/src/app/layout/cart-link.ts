import { Component, createEnvironmentInjector, EnvironmentInjector, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Store } from '@ngrx/store';
import { Icon } from '@course-chat/web/chat/ui/parts';
import { cartFeature, provideCourses } from '@course-chat/web/courses';
import { PORTAL_LABELS } from '../portal.labels';
import { Badge } from './badge';

/** The way to the cart with the number of courses in it. Loaded when the page has come to rest, the cart's slices with it. */
@Component({
  selector: 'cc-cart-link',
  imports: [Badge, Icon, RouterLink, RouterLinkActive],
  styleUrl: './tool.css',
  template: `
    <a
      class="tool"
      routerLink="/cart"
      routerLinkActive="here"
      ariaCurrentWhenActive="page"
      [attr.aria-label]="labels.cart(inCart())"
    >
      <cc-icon name="cart" /><cc-badge [count]="inCart()" />
    </a>
  `,
})
export class CartLink {
  protected readonly labels = inject(PORTAL_LABELS);
  protected readonly inCart;

  constructor() {
    // A slice that is there already stays as it is.
    createEnvironmentInjector([provideCourses()], inject(EnvironmentInjector));
    this.inCart = inject(Store).selectSignal(cartFeature.selectCount);
  }
}
