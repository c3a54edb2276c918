import { HttpErrorResponse } from '@angular/common/http';
import type { Actions } from '@ngrx/effects';
import type { Action, Store } from '@ngrx/store';
import { BehaviorSubject, EMPTY, firstValueFrom, merge, of, Subject, throwError, toArray } from 'rxjs';
import type { CoursePage, Purchase, User } from '@course-chat/contracts';
import { sampleCourse, sampleStudent } from '@course-chat/contracts/testing';
import { AuthActions } from '@course-chat/web/auth';
import { CartStorage } from './cart-storage';
import { cartFeature } from './cart.feature';
import { keep, restore } from './cart.effects';
import {
  CartPageActions,
  CartStorageActions,
  CataloguePageActions,
  CoursePageActions,
  CoursesApiActions,
  OwnCoursesPageActions,
} from './courses.actions';
import { buy, loadAll, loadCourses, loadFirstPage, loadNextPage } from './courses.effects';
import type { CoursesApi } from './courses-api';

const [first, second] = ['64b0000000000000000000a1', '64b0000000000000000000a2'];
const purchaseOf = (courseId: string): Purchase => ({ courseId, purchasedAt: '2026-11-22T14:00:00.000Z' });
const failsWith = (status: number, code: string) =>
  throwError(() => new HttpErrorResponse({ status, error: { error: { code, message: 'm', correlationId: 'c' } } }));
const apiOf = (api: Partial<Record<keyof CoursesApi, unknown>>) => api as unknown as CoursesApi;

describe('the effects of courses', () => {
  it('buys a cart course by course, and answers each for itself', async () => {
    const purchase = jest.fn((id: string) => (id === first ? failsWith(503, 'UNAVAILABLE') : of(purchaseOf(id))));
    const actions = of(CartPageActions.checkoutPressed({ courseIds: [first, second] })) as unknown as Actions;
    expect(await firstValueFrom(buy(actions, apiOf({ purchase })).pipe(toArray()))).toEqual([
      CoursesApiActions.purchaseFailed({ courseId: first, failure: 'unavailable' }),
      CoursesApiActions.purchased({ purchase: purchaseOf(second) }),
    ]);
  });

  it('buys nothing more after a logout', () => {
    const answer = new Subject<Purchase>();
    const purchase = jest.fn(() => answer);
    const actions = new Subject<Action>();
    const seen: unknown[] = [];
    buy(actions as unknown as Actions, apiOf({ purchase })).subscribe((action) => seen.push(action));
    actions.next(CartPageActions.checkoutPressed({ courseIds: [first, second] }));
    actions.next(AuthActions.loggedOut({ reason: 'user' }));
    answer.next(purchaseOf(first));
    answer.complete();
    expect(purchase).toHaveBeenCalledTimes(1);
    expect(seen).toEqual([]);
  });

  it('reads every page where own courses are shown', async () => {
    const pages: Record<string, CoursePage> = {
      start: { items: [{ ...sampleCourse, id: first }], nextCursor: 'more' },
      more: { items: [{ ...sampleCourse, id: second }], nextCursor: null },
    };
    const list = ({ cursor = 'start' }: { cursor?: string }) => of(pages[cursor]!);
    const actions = of(OwnCoursesPageActions.opened()) as unknown as Actions;
    const courses = Object.values(pages).flatMap(({ items }) => items);
    expect(await firstValueFrom(loadAll(actions, apiOf({ list })))).toEqual(CoursesApiActions.allLoaded({ courses }));
  });

  it.each<[string, Action, (actions: Actions, api: CoursesApi) => unknown]>([
    ['the first page', CataloguePageActions.opened(), loadFirstPage],
    ['a further page', CataloguePageActions.moreRequested({ cursor: 'a' }), loadNextPage],
    ['their own courses', OwnCoursesPageActions.opened(), loadAll],
    ['one course', CoursePageActions.opened({ courseId: first }), loadCourses],
  ])('tells the next person nothing of %s that the one before asked for', (_, asked, effect) => {
    const answer = new Subject<unknown>();
    const actions = new Subject<Action>();
    const seen: unknown[] = [];
    const api = apiOf({ list: () => answer, get: () => answer });
    (effect(actions as unknown as Actions, api) as Subject<unknown>).subscribe((action) => seen.push(action));
    actions.next(asked);
    actions.next(AuthActions.loggedOut({ reason: 'user' }));
    answer.next({ items: [sampleCourse], nextCursor: null });
    answer.complete();
    expect(seen).toEqual([]);
  });

  it('asks for one page at a time, and drops it when the catalogue is read anew', () => {
    const answer = new Subject<CoursePage>();
    const list = jest.fn(() => answer);
    const actions = new Subject<Action>();
    const seen: unknown[] = [];
    loadNextPage(actions as unknown as Actions, apiOf({ list })).subscribe((action) => seen.push(action));
    actions.next(CataloguePageActions.moreRequested({ cursor: 'a' }));
    actions.next(CataloguePageActions.moreRequested({ cursor: 'a' }));
    expect(list).toHaveBeenCalledTimes(1);
    actions.next(CataloguePageActions.opened());
    answer.next({ items: [], nextCursor: null });
    expect(seen).toEqual([]);
  });

  it.each([
    ['every course', CataloguePageActions.opened(), OwnCoursesPageActions.opened(), CoursesApiActions.allLoaded],
    ['a page', OwnCoursesPageActions.opened(), CataloguePageActions.opened(), CoursesApiActions.firstPageLoaded],
  ])('reads %s, however late the answer comes to what was asked for before', (_, before, last, loaded) => {
    const answers: Subject<CoursePage>[] = [];
    const list = () => (answers[answers.length] = new Subject<CoursePage>());
    const actions = new Subject<Action>();
    const seen: Action[] = [];
    merge(
      loadFirstPage(actions as unknown as Actions, apiOf({ list })),
      loadAll(actions as unknown as Actions, apiOf({ list })),
    ).subscribe((action) => seen.push(action));
    actions.next(before);
    actions.next(last);
    for (const answer of answers.reverse()) {
      answer.next({ items: [sampleCourse], nextCursor: null });
      answer.complete();
    }
    expect(seen.map(({ type }) => type)).toEqual([loaded.type]);
  });

  it.each([
    [404, 'NOT_FOUND', 'missing'],
    [400, 'VALIDATION_FAILED', 'missing'],
    [429, 'RATE_LIMITED', 'limited'],
    [500, 'INTERNAL', 'unavailable'],
  ] as const)('tells a %s %s as %s', async (status, code, failure) => {
    const actions = of(CoursePageActions.opened({ courseId: first })) as unknown as Actions;
    const get = () => failsWith(status, code);
    expect(await firstValueFrom(loadCourses(actions, apiOf({ get })))).toEqual(
      CoursesApiActions.courseFailed({ courseId: first, failure }),
    );
  });
});

describe('the cart of a browser', () => {
  const storage = new CartStorage();
  beforeEach(() => localStorage.clear());

  it('is kept apart for each person', () => {
    storage.write('a', { cart: [first], wishlist: [] });
    storage.write('b', { cart: [], wishlist: [second] });
    expect(storage.read('a')).toEqual({ cart: [first], wishlist: [] });
    expect(storage.read('b')).toEqual({ cart: [], wishlist: [second] });
  });

  it('survives what somebody else wrote into the storage', () => {
    for (const text of ['{', '{"cart":"x"}', '{"cart":["<script>"],"wishlist":[]}', 'null']) {
      localStorage.setItem('course-chat.cart.a', text);
      expect(storage.read('a')).toEqual({ cart: [], wishlist: [] });
    }
  });

  it('is restored for whoever logs in, and follows other tabs', () => {
    storage.write(sampleStudent.id, { cart: [first], wishlist: [] });
    const user = new BehaviorSubject<User | null>(null);
    const seen: unknown[] = [];
    const subscription = restore({ select: () => user } as unknown as Store, storage).subscribe((action) =>
      seen.push(action),
    );
    expect(seen).toEqual([]);
    user.next(sampleStudent);
    const newValue = JSON.stringify({ cart: [], wishlist: [second] });
    window.dispatchEvent(new StorageEvent('storage', { key: `course-chat.cart.${sampleStudent.id}`, newValue }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'course-chat.cart.another', newValue }));
    expect(seen).toEqual([
      CartStorageActions.restored({ cart: [first], wishlist: [] }),
      CartStorageActions.restored({ cart: [], wishlist: [second] }),
    ]);
    subscription.unsubscribe();
  });

  it('is written when it changes, and outlives the logout that empties the store', () => {
    let user: User | null = sampleStudent;
    const values = new Map<unknown, () => unknown>([[cartFeature.selectCourseIds, () => (user ? [first] : [])]]);
    let calls = 0;
    const selectSignal = (selector: unknown) => values.get(selector) ?? (calls++ === 0 ? () => user : () => []);
    const actions = new Subject<Action>();
    keep(actions as unknown as Actions, { selectSignal, select: () => EMPTY } as unknown as Store, storage).subscribe();
    actions.next(CoursePageActions.addToCartPressed({ courseId: first }));
    user = null;
    actions.next(AuthActions.loggedOut({ reason: 'user' }));
    actions.next(CoursesApiActions.courseFailed({ courseId: second, failure: 'offline' }));
    expect(storage.read(sampleStudent.id)).toEqual({ cart: [first], wishlist: [] });
  });
});
