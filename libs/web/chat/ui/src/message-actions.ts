import { ChangeDetectionStrategy, Component, DestroyRef, inject, input, output, signal } from '@angular/core';
import { Icon } from './icon';
import { CHAT_UI_LABELS } from './labels';

const COPIED_MS = 1_500;

/** What may be done with a message: copy, edit, delete. Floats at its upper edge, or at the upper end of what is seen of it. */
@Component({
  selector: 'cc-message-actions',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'group', '[attr.aria-label]': 'labels.messageActions' },
  template: `
    <div class="bar">
      @if (canCopy) {
        <button
          type="button"
          [title]="copied() ? labels.copied : labels.copy"
          [attr.aria-label]="copied() ? labels.copied : labels.copy"
          [tabindex]="reachable() ? 0 : -1"
          (click)="copy()"
        >
          <cc-icon [name]="copied() ? 'check' : 'copy'" />
        </button>
      }
      @if (canEdit()) {
        <button
          type="button"
          [title]="labels.edit"
          [attr.aria-label]="labels.edit"
          [tabindex]="reachable() ? 0 : -1"
          (click)="edit.emit()"
        >
          <cc-icon name="edit" />
        </button>
      }
      @if (canDelete()) {
        <button
          type="button"
          [title]="labels.delete"
          [attr.aria-label]="labels.delete"
          [tabindex]="reachable() ? 0 : -1"
          (click)="remove.emit()"
        >
          <cc-icon name="trash" />
        </button>
      }
    </div>
  `,
  styleUrls: ['./styles/shared.css', './message-actions.css'],
})
export class MessageActions {
  /** What goes to the clipboard. */
  readonly text = input.required<string>();
  readonly canEdit = input(false);
  readonly canDelete = input(false);
  /** Whether the buttons are in the tab order. */
  readonly reachable = input(false);

  readonly edit = output<void>();
  readonly remove = output<void>();

  protected readonly labels = inject(CHAT_UI_LABELS);
  /** Pages without a secure origin have no clipboard. */
  protected readonly canCopy = 'clipboard' in navigator;
  protected readonly copied = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
    } catch {
      // Refused by the browser: the text can still be selected.
      return;
    }
    this.copied.set(true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.copied.set(false), COPIED_MS);
  }
}
