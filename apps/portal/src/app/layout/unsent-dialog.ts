import { Component, afterNextRender, inject, output, viewChild, type ElementRef } from '@angular/core';
import { PORTAL_LABELS } from '../portal.labels';

/** Asks before a logout that would lose messages. The safe answer has the focus. */
@Component({
  selector: 'cc-unsent-dialog',
  template: `
    <dialog
      #dialog
      role="alertdialog"
      aria-labelledby="unsent-title"
      aria-describedby="unsent-text"
      (close)="stayed.emit()"
    >
      <h2 id="unsent-title">{{ labels.unsentTitle }}</h2>
      <p id="unsent-text">{{ labels.unsentText }}</p>
      <div class="choices">
        <button type="button" class="danger" (click)="confirmed.emit()">{{ labels.logOutAnyway }}</button>
        <button type="button" class="stay" autofocus (click)="dialog.close()">{{ labels.stay }}</button>
      </div>
    </dialog>
  `,
  styles: `
    dialog {
      box-sizing: border-box;
      /* Both answers stand side by side in every language. */
      inline-size: min(540px, calc(100vw - 32px));
      padding: 24px;
      border: 1px solid var(--chat-line);
      border-radius: var(--chat-radius);
      background: var(--chat-raised);
      color: var(--chat-text);
    }
    dialog::backdrop {
      background: rgb(10 15 20 / 0.5);
    }
    h2 {
      margin: 0 0 8px;
      font-size: 18px;
    }
    p {
      margin: 0 0 20px;
      color: var(--chat-muted);
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      justify-content: end;
      gap: 10px;
    }
    button {
      box-sizing: border-box;
      min-block-size: 44px;
      padding: 6px 20px;
      border: 1px solid var(--chat-line);
      border-radius: 22px;
      background: none;
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
    .danger {
      color: var(--chat-danger);
    }
    .stay {
      border-color: transparent;
      background: var(--chat-brand);
      color: var(--chat-on-brand);
    }
    @media (width < 572px) {
      button {
        flex: 1 0 auto;
        max-inline-size: 100%;
      }
    }
  `,
})
export class UnsentDialog {
  protected readonly labels = inject(PORTAL_LABELS);

  readonly stayed = output();
  readonly confirmed = output();

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    afterNextRender(() => this.dialog().nativeElement.showModal());
  }
}
