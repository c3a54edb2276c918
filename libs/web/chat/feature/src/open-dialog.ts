import type { Injector } from '@angular/core';
import type { Side } from '@course-chat/web/chat/ui';

// Both dialogs are loaded when they are asked for.
const dialogs = () => import('@angular/cdk/dialog');
const FRAME = { maxWidth: '100vw', width: '440px' };

/** Opens the dialog in which a person picks whom to write to. Rejects where its code cannot be loaded. */
export async function openNewChat(injector: Injector, side: Side): Promise<void> {
  const [{ Dialog }, { NewChatDialog }] = await Promise.all([dialogs(), import('./new-chat-dialog')]);
  injector
    .get(Dialog)
    .open(NewChatDialog, { ...FRAME, data: { side }, ariaLabelledBy: 'cc-new-chat-title', autoFocus: 'input' });
}

/** Opens the list of what the keyboard can do. Rejects where its code cannot be loaded. */
export async function openShortcuts(injector: Injector): Promise<void> {
  const [{ Dialog }, { ShortcutsDialog }] = await Promise.all([dialogs(), import('./shortcuts-dialog')]);
  injector.get(Dialog).open(ShortcutsDialog, { ...FRAME, ariaLabelledBy: 'cc-shortcuts-title' });
}
