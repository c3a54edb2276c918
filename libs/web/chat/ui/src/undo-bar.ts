import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { CHAT_UI_LABELS } from './labels';

/** Says what was just done, and takes it back. Whoever is on it stops its time. */
@Component({
  selector: 'cc-undo-bar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span role="status">{{ text() }}</span>
    <button type="button" class="pill-button" (click)="undo.emit()">{{ labels.undo }}</button>
  `,
  host: {
    '(pointerenter)': 'held.emit(true)',
    '(pointerleave)': 'held.emit(false)',
    '(focusin)': 'held.emit(true)',
    '(focusout)': 'held.emit(false)',
  },
  styleUrl: './styles/shared.css',
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--chat-gap);
      padding-inline: 18px 4px;
      border-radius: 22px;
      background: var(--chat-text);
      color: var(--chat-surface);
      font-size: 14px;
      box-shadow: 0 4px 16px rgb(0 0 0 / 0.24);
    }
    .pill-button {
      min-block-size: 44px;
      background: none;
      color: inherit;
      text-decoration: underline;
      text-underline-offset: 3px;
    }
    :focus-visible {
      outline-color: var(--chat-surface);
      outline-offset: -6px;
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid CanvasText;
      }
    }
  `,
})
export class UndoBar {
  readonly text = input.required<string>();

  readonly undo = output<void>();
  /** Whether a pointer or the focus is on it. */
  readonly held = output<boolean>();

  protected readonly labels = inject(CHAT_UI_LABELS);
}
