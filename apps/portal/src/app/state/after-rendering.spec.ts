import { ApplicationRef, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterRendering } from './after-rendering';

@Component({ selector: 'cc-framed', template: '@if (framed()) {<p></p>}' })
class Framed {
  readonly framed = afterRendering();
}

describe(afterRendering.name, () => {
  it('turns true in a task of its own, and the application is not at rest until then', async () => {
    const fixture = TestBed.createComponent(Framed);
    fixture.detectChanges();
    expect(fixture.componentInstance.framed()).toBe(false);
    await fixture.whenStable();
    expect(fixture.componentInstance.framed()).toBe(true);
  });

  it('leaves the application at rest when nobody waits for it any more', async () => {
    TestBed.createComponent(Framed).destroy();
    const rest = TestBed.inject(ApplicationRef).whenStable();
    await expect(Promise.race([rest, new Promise((_, reject) => setTimeout(reject, 500))])).resolves.toBeUndefined();
  });
});
