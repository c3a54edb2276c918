import type { DialogRef } from '@angular/cdk/dialog';
import type { Injector } from '@angular/core';
import type { Side } from '@course-chat/web/chat/ui';

// Both dialogs are loaded when they are asked for.
const dialogs = () => import('@angular/cdk/dialog');
/** Of html.spec.whatwg.org/#close-watcher, which TypeScript does not know of yet and not every browser has. */
declare const CloseWatcher: new () => { onclose: (() => void) | null; destroy(): void };
const FRAME = { maxWidth: '100vw', width: '440px' };

/** Opens the dialog in which a person picks whom to write to. Rejects where its code cannot be loaded. */
export async function openNewChat(injector: Injector, side: Side): Promise<void> {
  const [{ Dialog }, { NewChatDialog }] = await Promise.all([dialogs(), import('./new-chat-dialog')]);
  const data = { ...FRAME, data: { side }, ariaLabelledBy: 'cc-new-chat-title', autoFocus: 'input' };
  closeOnBack(injector.get(Dialog).open(NewChatDialog, data));
}

/** Opens the list of what the keyboard can do. Rejects where its code cannot be loaded. */
export async function openShortcuts(injector: Injector): Promise<void> {
  const [{ Dialog }, { ShortcutsDialog }] = await Promise.all([dialogs(), import('./shortcuts-dialog')]);
  closeOnBack(injector.get(Dialog).open(ShortcutsDialog, { ...FRAME, ariaLabelledBy: 'cc-shortcuts-title' }));
}

/** A phone's gesture for "back" closes what is open, instead of leaving the page below it, where the browser can tell. */
function closeOnBack(dialog: Pick<DialogRef, 'close' | 'closed'>): void {
  if (!('CloseWatcher' in window)) return;
  const watcher = new CloseWatcher();
  watcher.onclose = () => dialog.close();
  dialog.closed.subscribe(() => watcher.destroy());
}
