import { Component } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { ChatList } from './chat-list';
import { rowView } from './testing/views';

@Component({ template: '' })
class Nowhere {}

describe(ChatList.name, () => {
  let fixture: ComponentFixture<ChatList>;
  let said: unknown[];
  const host = () => fixture.nativeElement as HTMLElement;
  const text = () => host().textContent ?? '';
  const box = () => host().querySelector('input') as HTMLInputElement;
  const links = () => [...host().querySelectorAll<HTMLElement>('li a')];
  const press = async (key: string) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await fixture.whenStable();
  };
  const set = async (inputs: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  };
  const type = async (value: string) => {
    box().value = value;
    box().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };

  beforeEach(async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', component: Nowhere }])] });
    fixture = TestBed.createComponent(ChatList);
    document.body.append(host());
    said = [];
    const list = fixture.componentInstance;
    list.searchChanged.subscribe((value) => said.push(value));
    list.cleared.subscribe(() => said.push('cleared'));
    list.courseChanged.subscribe((value) => said.push(value));
    list.sortChanged.subscribe((value) => said.push(value));
    await set({ rows: [rowView(), rowView({ id: 'c2', link: '/chats/c2', name: 'Bo' })] });
  });

  it('goes from the search box among the chats and back with the arrow keys', async () => {
    fixture.componentInstance.focusSearch();
    expect(document.activeElement).toBe(box());
    await press('ArrowDown');
    await press('ArrowDown');
    expect(document.activeElement).toBe(links()[1]);
    await press('ArrowDown');
    expect(document.activeElement).toBe(links()[1]);
    await press('ArrowUp');
    await press('ArrowUp');
    expect(document.activeElement).toBe(box());
  });

  it('says that a filter narrowed a search that found nothing, and offers to take it away', async () => {
    const filters = [
      { id: 'all', label: 'All' },
      { id: 'unread', label: 'Unread' },
    ];
    await set({ rows: [], filters, activeFilter: 'unread' });
    await type('bo');
    expect(text()).toContain('Only the chats of your filter were searched.');
    const all = [...host().querySelectorAll('button')].find(
      ({ textContent }) => textContent?.trim() === 'Show all chats',
    );
    all?.click();
    expect(said).toContain('cleared');
  });

  it('keeps the focus on a row while rows change places', async () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) =>
      rowView({ id, link: `/chats/${id}`, name: id.toUpperCase() }),
    );
    await set({ rows: [a, b, c, d] });
    for (const [at, rows] of [
      [1, [d, a, b, c]],
      [2, [b, a, c, d]],
      [3, [d, c, b, a]],
    ] as const) {
      await set({ rows: [a, b, c, d] });
      const link = links()[at] as HTMLElement;
      link.focus();
      await set({ rows });
      expect(document.activeElement).toBe(link);
    }
  });

  it('takes no focus back that went elsewhere, nor holds that of a row that is gone', async () => {
    links()[1]?.focus();
    await set({ rows: [rowView()] });
    expect(document.activeElement).toBe(document.body);
    box().focus();
    await set({ rows: [rowView({ id: 'c2', link: '/chats/c2', name: 'Bo' }), rowView()] });
    expect(document.activeElement).toBe(box());
  });

  it('says that further chats are on their way, and that they could not be loaded', async () => {
    const asked = jest.fn();
    fixture.componentInstance.loadMore.subscribe(asked);
    const more = () => host().querySelector<HTMLButtonElement>('.more');
    await set({ hasMore: true });
    more()?.click();
    await set({ loadingMore: true });
    expect(more()?.textContent).toContain('Loading');
    more()?.click();
    expect(asked).toHaveBeenCalledTimes(1);
    await set({ loadingMore: false, moreFailed: true });
    expect(host().querySelector('[role=alert]')?.textContent).toContain('could not be loaded');
    more()?.click();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('opens the first match with Enter, and nothing while nothing is looked for', async () => {
    fixture.componentInstance.focusSearch();
    await press('Enter');
    expect(TestBed.inject(Router).url).toBe('/');
    await type('ana');
    await press('Enter');
    expect(TestBed.inject(Router).url).toBe('/chats/c1');
  });

  it('empties the box with Escape', async () => {
    await type('ana');
    fixture.componentInstance.focusSearch();
    await press('Escape');
    expect(box().value).toBe('');
    expect(said).toEqual(['ana', '']);
  });

  describe('with filters', () => {
    const filters = [
      { id: 'all', label: 'All' },
      { id: 'unread', label: 'Unread', emptyText: 'You have read everything' },
    ];

    it('says what an empty list means, and leads out of it', async () => {
      await set({ rows: [], filters, activeFilter: 'unread' });
      expect(text()).toContain('You have read everything');
      [...host().querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Show all chats')?.click();
      expect(said).toEqual(['cleared']);
    });

    it('never claims that there is nothing while there is more to look through', async () => {
      await set({ rows: [], filters, activeFilter: 'unread', hasMore: true });
      expect(text()).not.toContain('You have read everything');
      expect(text()).toContain('Show more');
    });

    it('offers the courses only where there is a choice, and the order', async () => {
      const courses = [
        { id: 'k1', label: 'Signals' },
        { id: 'k2', label: 'Forms' },
      ];
      await set({ filters, activeFilter: 'all', courses: courses.slice(1) });
      const named = (name: string) => host().querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`);
      expect(named('Course')).toBeNull();
      await set({ courses });
      const choose = (select: HTMLSelectElement | null, value: string) => {
        if (select) select.value = value;
        select?.dispatchEvent(new Event('change'));
      };
      choose(named('Course'), 'k2');
      choose(named('Course'), '');
      choose(named('Order'), 'waiting');
      expect(said).toEqual(['k2', null, 'waiting']);
    });
  });
});
