import { Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { openShortcuts } from './open-dialog';

/** As the browser has it (html.spec.whatwg.org/#close-watcher): it hears of a request to close until it is destroyed. */
class FakeCloseWatcher {
  static readonly open: FakeCloseWatcher[] = [];
  onclose: (() => void) | null = null;
  constructor() {
    FakeCloseWatcher.open.push(this);
  }
  destroy(): void {
    FakeCloseWatcher.open.splice(FakeCloseWatcher.open.indexOf(this), 1);
  }
}

const dialogs = () => document.querySelectorAll('cc-shortcuts-dialog').length;

describe('a dialog', () => {
  afterEach(() => Reflect.deleteProperty(window, 'CloseWatcher'));

  it('closes when a phone goes back, once', async () => {
    Object.assign(window, { CloseWatcher: FakeCloseWatcher });
    await openShortcuts(TestBed.inject(Injector));
    expect([dialogs(), FakeCloseWatcher.open.length]).toEqual([1, 1]);
    FakeCloseWatcher.open[0]?.onclose?.();
    expect([dialogs(), FakeCloseWatcher.open.length]).toEqual([0, 0]);
  });

  it('opens where the browser does not know of that', async () => {
    await openShortcuts(TestBed.inject(Injector));
    expect(dialogs()).toBe(1);
  });
});
