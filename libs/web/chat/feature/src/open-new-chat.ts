import type { Injector } from '@angular/core';
import type { Side } from '@course-chat/web/chat/ui';

/** Opens the dialog in which a person picks whom to write to. Its code is loaded when it is asked for. */
export async function openNewChat(injector: Injector, side: Side): Promise<void> {
  const [{ Dialog }, { NewChatDialog }] = await Promise.all([
    import('@angular/cdk/dialog'),
    import('./new-chat-dialog'),
  ]);
  injector.get(Dialog).open(NewChatDialog, {
    data: { side },
    ariaLabelledBy: 'cc-new-chat-title',
    autoFocus: 'input',
    maxWidth: '100vw',
    width: '440px',
  });
}
