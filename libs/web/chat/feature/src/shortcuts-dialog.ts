import { DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { CHAT_FEATURE_LABELS } from './labels';

/** What the keyboard can do. */
@Component({
  selector: 'cc-shortcuts-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      <h2 id="cc-shortcuts-title">{{ labels.shortcutsTitle }}</h2>
      <button type="button" (click)="dialog.close()">{{ labels.close }}</button>
    </header>
    <dl>
      @for (shortcut of labels.shortcuts; track shortcut.does) {
        <div>
          <dt>{{ shortcut.does }}</dt>
          <dd>
            @for (key of shortcut.keys; track key) {
              <kbd>{{ key }}</kbd>
            }
          </dd>
        </div>
      }
    </dl>
  `,
  styleUrls: ['./dialog.css', './shortcuts-dialog.css'],
})
export class ShortcutsDialog {
  protected readonly labels = inject(CHAT_FEATURE_LABELS);
  protected readonly dialog = inject<DialogRef<void>>(DialogRef);
}
