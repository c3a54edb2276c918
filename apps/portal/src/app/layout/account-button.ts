import { NgComponentOutlet } from '@angular/common';
import { Component, inject, signal, type Type } from '@angular/core';
import { Store } from '@ngrx/store';
import { selectUser } from '@course-chat/web/auth';
import { Avatar } from '@course-chat/web/chat/ui/parts';
import { PORTAL_LABELS } from '../portal.labels';
import { MissingPart } from '../state/missing-part';

const menuCode = () => import('./account-menu');

/** The way to the account menu, which is loaded when somebody first reaches for it: most visits never open it. */
@Component({
  selector: 'cc-account-button',
  imports: [Avatar, NgComponentOutlet],
  styleUrl: './account-button.css',
  template: `
    @if (user(); as user) {
      @if (menu(); as menu) {
        <ng-container *ngComponentOutlet="menu" />
      } @else {
        <button
          type="button"
          class="trigger"
          aria-haspopup="menu"
          aria-expanded="false"
          [attr.aria-busy]="loading()"
          [attr.aria-label]="labels.account"
          (pointerenter)="fetchAhead()"
          (click)="open()"
          (keydown.arrowdown)="$event.preventDefault(); open()"
        >
          <cc-avatar [name]="user.name" [avatarUrl]="user.avatarUrl" [size]="36" />
        </button>
      }
    }
  `,
})
export class AccountButton {
  protected readonly labels = inject(PORTAL_LABELS);
  protected readonly user = inject(Store).selectSignal(selectUser);
  protected readonly menu = signal<Type<unknown> | null>(null);
  protected readonly loading = signal(false);
  private readonly missing = inject(MissingPart);

  protected fetchAhead(): void {
    // Whether it comes is seen when it is opened.
    void menuCode().catch(() => undefined);
  }

  protected async open(): Promise<void> {
    this.loading.set(true);
    try {
      this.menu.set((await menuCode()).AccountMenu);
    } catch (error) {
      this.missing.report(error);
    }
    this.loading.set(false);
  }
}
