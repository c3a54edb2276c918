import { Component, DestroyRef, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { selectUser } from '@course-chat/web/auth';
import { ChatPageActions, chatsFeature } from '@course-chat/web/chat/state';
import { Avatar, CHAT_UI_LABELS } from '@course-chat/web/chat/ui/parts';
import { presenceFeature } from '@course-chat/web/presence';
import { pageLocale, waitingText } from '@course-chat/web/language';
import { PORTAL_LABELS } from '../portal.labels';
import { overviewOf } from './waiting';

/** So many chats are read for the figures; a tutor with more sees a "+" behind them. */
const ENOUGH_CHATS = 300;
/** So many waiting questions are listed here; the rest is in the chats. */
const LISTED = 8;

/** What a tutor has to do: who waits, and for how long. Live, since it reads the same chats the chat page does. */
@Component({
  selector: 'cc-overview-page',
  imports: [Avatar, RouterLink],
  templateUrl: './overview-page.html',
  styleUrls: ['./tutor-page.css', './overview-page.css'],
})
export class OverviewPage {
  protected readonly labels = inject(PORTAL_LABELS);
  protected readonly chatLabels = inject(CHAT_UI_LABELS);
  private readonly store = inject(Store);
  private readonly locale = pageLocale();

  private readonly user = this.store.selectSignal(selectUser);
  private readonly list = this.store.selectSignal(chatsFeature.selectList);
  private readonly chats = this.store.selectSignal(chatsFeature.selectChats);
  protected readonly presence = this.store.selectSignal(presenceFeature.selectKnown);
  private readonly now = signal(Date.now());

  /** How the list of chats begins where one comes from here: with whoever waits longest. */
  protected readonly waitingChats = { filter: 'unanswered', sort: 'waiting' };

  protected readonly status = computed(() => this.list().status);
  protected readonly partial = computed(() => this.list().nextCursor !== null);
  private readonly overview = computed(() => overviewOf(this.chats(), this.now()));
  protected readonly listed = computed(() =>
    this.overview()
      .waiting.slice(0, LISTED)
      .map(({ chat, since }) => ({ chat, wait: waitingText(since, new Date(this.now()), this.chatLabels) })),
  );
  protected readonly courses = computed(() => this.overview().courses);
  protected readonly unlisted = computed(() => this.overview().waiting.length - this.listed().length);
  protected readonly figures = computed(() => {
    const { waiting, thisWeek, students } = this.overview();
    const counted = (count: number) => {
      const text = new Intl.NumberFormat(this.locale || undefined).format(count);
      return this.partial() ? this.labels.atLeast(text) : text;
    };
    return [
      { value: counted(waiting.length), text: this.labels.waiting(waiting.length), hot: waiting.length > 0 },
      { value: this.listed()[0]?.wait ?? '–', text: waiting.length ? this.labels.oldest : this.labels.nobodyWaits },
      { value: counted(thisWeek), text: this.labels.wroteThisWeek(thisWeek) },
      { value: counted(students), text: this.labels.inChats(students) },
    ];
  });
  protected readonly greeting = computed(() => {
    const hour = new Date(this.now()).getHours();
    const part = hour >= 5 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
    return this.labels.greeting(part, this.user()?.name.split(' ')[0] ?? '');
  });

  constructor() {
    const timer = setInterval(() => this.now.set(Date.now()), 30_000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
    effect(() => {
      const { status, nextCursor, loadingMore, error } = this.list();
      if (status !== 'ready' || !nextCursor || loadingMore || error || this.chats().length >= ENOUGH_CHATS) return;
      // What is read on the way to the server, such as the access token, is no reason to ask again.
      untracked(() => this.store.dispatch(ChatPageActions.moreChatsNeeded()));
    });
  }

  protected retry(): void {
    this.store.dispatch(ChatPageActions.listRetried());
  }
}
