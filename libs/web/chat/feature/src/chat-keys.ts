/** What the keyboard can ask of the chat page, wherever the focus is in it. */
export type ChatCommand = 'find' | 'previous' | 'next' | 'help';

/** The command of a key press, null if it is none. A Mac's Command key counts as Control. */
export function commandOf(event: KeyboardEvent): ChatCommand | null {
  if (event.isComposing || event.defaultPrevented) return null;
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  // Some keyboards need Shift for the slash.
  if (control && event.key === '/') return 'help';
  if (control && !event.shiftKey && event.key.toLowerCase() === 'k') return 'find';
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  return event.key === 'ArrowUp' ? 'previous' : event.key === 'ArrowDown' ? 'next' : null;
}

/** Whether a dialog has the keyboard: what lies under it must not move. */
export function inDialog({ target }: Event): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
}
