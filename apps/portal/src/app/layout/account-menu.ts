import { CdkMenu, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, DOCUMENT, afterNextRender, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { AccountMenuActions, HAS_UNSENT, selectUser } from '@course-chat/web/auth';
import { Avatar, Icon } from '@course-chat/web/chat/ui/parts';
import { LANGUAGE_CHOICE } from '@course-chat/web/language';
import { PORTAL_LABELS } from '../portal.labels';
import { THEME_CHOICES, Theme } from '../state/theme';
import { UnsentDialog } from './unsent-dialog';

/** What somebody may set, and the way out. It opens as soon as it is there: it was asked for before it was loaded. */
@Component({
  selector: 'cc-account-menu',
  imports: [Avatar, CdkMenu, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger, Icon, RouterLink, UnsentDialog],
  templateUrl: './account-menu.html',
  styleUrls: ['./account-button.css', './account-menu.css'],
})
export class AccountMenu {
  protected readonly labels = inject(PORTAL_LABELS);
  protected readonly languages = inject(LANGUAGE_CHOICE);
  protected readonly language = inject(DOCUMENT).documentElement.lang;
  protected readonly theme = inject(Theme);
  protected readonly themes = THEME_CHOICES;
  private readonly store = inject(Store);
  private readonly hasUnsent = inject(HAS_UNSENT);

  protected readonly user = this.store.selectSignal(selectUser);
  protected readonly asking = signal(false);

  private readonly trigger = viewChild(CdkMenuTrigger);

  constructor() {
    // Not before the click that asked for it is over: the overlay would take it for one outside and close again.
    afterNextRender(() => setTimeout(() => this.openMenu()));
  }

  /** The button that was pressed is gone and the focus with it: without it in the menu no key would reach the menu. */
  private openMenu(): void {
    const trigger = this.trigger();
    trigger?.open();
    trigger?.getMenu()?.focusFirstItem('program');
  }

  /** Messages that were never sent would be lost with the session, so then a person decides. */
  protected async logOut(): Promise<void> {
    this.store.dispatch(AccountMenuActions.logoutRequested());
    if (await this.hasUnsent()) this.asking.set(true);
    else this.confirm();
  }

  protected confirm(): void {
    this.asking.set(false);
    this.store.dispatch(AccountMenuActions.logoutConfirmed());
  }
}
