import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, effect, inject } from '@angular/core';
import { Router } from '@angular/router';
import { chatsFeature, ChatPageActions, type Contact } from '@course-chat/web/chat/state';
import type { PersonView, Side } from '@course-chat/web/chat/ui';
import { PersonPicker } from '@course-chat/web/chat/ui/person-picker';
import { presenceFeature } from '@course-chat/web/presence';
import { Store } from '@ngrx/store';
import { CHAT_FEATURE_LABELS } from './labels';

function personOf(contact: Contact) {
  return 'tutor' in contact ? contact.tutor : contact.student;
}

/** Whom to write to: tutors of my courses, or students of them. */
@Component({
  selector: 'cc-new-chat-dialog',
  imports: [PersonPicker],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      <h2 id="cc-new-chat-title">{{ labels.newChat }}</h2>
      <button type="button" (click)="close()">{{ labels.close }}</button>
    </header>
    @if (failure(); as text) {
      <p class="failure" role="alert">{{ text }}</p>
    }
    @if (creating()) {
      <p class="busy" role="status">{{ labels.opening }}</p>
    }
    <cc-person-picker
      [people]="people()"
      [loading]="loading()"
      [error]="failed()"
      [role]="side"
      [hasMore]="hasMore()"
      [loadingMore]="state().loadingMore"
      (picked)="pick($event)"
      (retry)="load()"
      (loadMore)="store.dispatch(actions.morePeopleNeeded())"
    />
  `,
  styleUrl: './dialog.css',
})
export class NewChatDialog {
  protected readonly side = inject<{ side: Side }>(DIALOG_DATA).side;
  protected readonly labels = inject(CHAT_FEATURE_LABELS);
  protected readonly actions = ChatPageActions;
  protected readonly store = inject(Store);
  private readonly dialog = inject<DialogRef<void>>(DialogRef);
  private readonly router = inject(Router);
  protected readonly state = this.store.selectSignal(chatsFeature.selectPeople);
  private readonly creation = this.store.selectSignal(chatsFeature.selectCreation);
  private readonly presence = this.store.selectSignal(presenceFeature.selectKnown);
  private requested = false;

  protected readonly loading = computed(() => this.state().status === 'loading');
  protected readonly failed = computed(() => this.state().status === 'failed');
  protected readonly hasMore = computed(() => this.state().nextCursor !== null);
  protected readonly creating = computed(() => this.creation()?.error === null);
  protected readonly failure = computed(() => {
    const code = this.creation()?.error;
    return code ? this.labels.chatNotCreated(code) : null;
  });
  protected readonly people = computed(() =>
    this.state().items.map((contact): PersonView => {
      const person = personOf(contact);
      return {
        id: `${contact.course.id}/${person.id}`,
        name: person.name,
        avatarUrl: person.avatarUrl,
        online: this.presence()[person.id]?.online ?? false,
        courseId: contact.course.id,
        courseTitle: contact.course.title,
        chatId: contact.chatId,
      };
    }),
  );

  constructor() {
    this.load();
    effect(() => {
      // The chat was made and is being opened.
      if (this.creation() === null && this.requested) this.dialog.close();
    });
    const leaving = this.router.events.subscribe(() => {
      if (this.router.currentNavigation()) this.dialog.close();
    });
    this.dialog.closed.subscribe(() => leaving.unsubscribe());
  }

  protected load(): void {
    // It takes back a chat that could not be made, which is not one that was made.
    this.requested = false;
    this.store.dispatch(ChatPageActions.peopleNeeded());
  }

  protected close(): void {
    this.dialog.close();
  }

  protected pick({ id, courseId, chatId }: PersonView): void {
    if (chatId !== null) {
      void this.router.navigate([this.side === 'tutor' ? '/tutor/chats' : '/chats', chatId]);
      this.dialog.close();
      return;
    }
    const contact = this.state().items.find((candidate) => `${candidate.course.id}/${personOf(candidate).id}` === id);
    if (!contact || this.creating()) return;
    this.requested = true;
    this.store.dispatch(ChatPageActions.chatRequested({ courseId, peerId: personOf(contact).id }));
  }
}
