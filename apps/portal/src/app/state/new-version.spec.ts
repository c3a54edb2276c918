import { TestBed } from '@angular/core/testing';
import { SwUpdate } from '@angular/service-worker';
import { Subject } from 'rxjs';
import { ReloadNotice } from '../layout/reload-notice';
import { NewVersion } from './new-version';

describe(NewVersion.name, () => {
  const versionUpdates = new Subject<{ type: string }>();
  const unrecoverable = new Subject<{ type: string }>();
  const checkForUpdate = jest.fn(async () => false);

  beforeEach(() => {
    jest.useFakeTimers();
    checkForUpdate.mockClear();
    const updates = { isEnabled: true, versionUpdates, unrecoverable, checkForUpdate };
    TestBed.configureTestingModule({ providers: [NewVersion, { provide: SwUpdate, useValue: updates }] });
  });
  afterEach(() => jest.useRealTimers());

  it('is offered when it is ready, not while it is loaded, and waits for a person', () => {
    const version = TestBed.inject(NewVersion);
    versionUpdates.next({ type: 'VERSION_DETECTED' });
    expect(version.ready()).toBe(false);
    versionUpdates.next({ type: 'VERSION_READY' });
    expect(version.ready()).toBe(true);
    version.later();
    expect(version.ready()).toBe(false);
    versionUpdates.next({ type: 'VERSION_READY' });
    expect(version.ready()).toBe(true);
  });

  it('is offered when the files of this page are gone', () => {
    const version = TestBed.inject(NewVersion);
    unrecoverable.next({ type: 'UNRECOVERABLE_STATE' });
    expect(version.ready()).toBe(true);
  });

  it('is asked about while the page stays open, whatever comes of it', () => {
    checkForUpdate.mockRejectedValueOnce(new Error('offline'));
    TestBed.inject(NewVersion);
    jest.advanceTimersByTime(61 * 60_000);
    expect(checkForUpdate).toHaveBeenCalledTimes(2);
  });

  it('is offered without taking the focus', () => {
    const version = TestBed.inject(NewVersion);
    const reload = jest.spyOn(version, 'reload').mockImplementation(() => undefined);
    const writing = document.body.appendChild(document.createElement('textarea'));
    writing.focus();
    const fixture = TestBed.createComponent(ReloadNotice);
    fixture.componentRef.setInput('text', 'A new version');
    fixture.componentRef.setInput('offer', version);
    fixture.detectChanges();
    expect(document.activeElement).toBe(writing);
    const [now, later] = (fixture.nativeElement as HTMLElement).querySelectorAll('button');
    later?.click();
    expect(reload).not.toHaveBeenCalled();
    now?.click();
    expect(reload).toHaveBeenCalledTimes(1);
    writing.remove();
  });
});
