import { commandOf, inDialog } from './chat-keys';

const press = (key: string, more: KeyboardEventInit = {}) => commandOf(new KeyboardEvent('keydown', { key, ...more }));

describe(commandOf.name, () => {
  it.each([
    ['k', { ctrlKey: true }, 'find'],
    ['K', { metaKey: true }, 'find'],
    ['/', { ctrlKey: true }, 'help'],
    ['/', { ctrlKey: true, shiftKey: true }, 'help'],
    ['ArrowUp', { altKey: true }, 'previous'],
    ['ArrowDown', { altKey: true }, 'next'],
    ['k', {}, null],
    ['k', { ctrlKey: true, altKey: true }, null],
    ['k', { ctrlKey: true, isComposing: true }, null],
    ['ArrowDown', {}, null],
    ['ArrowDown', { altKey: true, shiftKey: true }, null],
  ] as const)('%s with %j is %s', (key, more, command) => expect(press(key, more)).toBe(command));

  it('leaves a key alone that somebody has taken', () => {
    const event = new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, cancelable: true });
    event.preventDefault();
    expect(commandOf(event)).toBeNull();
  });
});

it.each(['dialog', 'alertdialog'])('knows the keyboard belongs to a %s', (role) => {
  document.body.replaceChildren();
  const dialog = document.createElement('div');
  dialog.setAttribute('role', role);
  dialog.append(document.createElement('button'));
  document.body.append(dialog, document.createElement('input'));
  const seen: boolean[] = [];
  document.body.addEventListener('keydown', (event) => seen.push(inDialog(event)));
  for (const element of document.querySelectorAll('button, input'))
    element.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
  expect(seen).toEqual([true, false]);
});
