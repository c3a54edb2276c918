import { sampleCourse } from '@course-chat/contracts/testing';
import { cartFeature, initialCartState } from './cart.feature';
import {
  CartPageActions,
  CartStorageActions,
  CoursePageActions,
  CoursesApiActions,
  WishlistPageActions,
} from './courses.actions';
import { initialWishlistState, wishlistFeature } from './wishlist.feature';

const [first, second] = ['64b0000000000000000000a1', '64b0000000000000000000a2'];
const purchasedAt = '2026-11-22T14:00:00.000Z';
const purchased = (courseId: string) => CoursesApiActions.purchased({ purchase: { courseId, purchasedAt } });
const cartOf = (...courseIds: string[]) => ({ ...initialCartState, courseIds });

describe('cartFeature', () => {
  const { reducer } = cartFeature;

  it('holds each course once, the newest last', () => {
    const state = [first, second, first]
      .map((courseId) => CoursePageActions.addToCartPressed({ courseId }))
      .reduce(reducer, initialCartState);
    expect(state.courseIds).toEqual([second, first]);
  });

  it('moves what was bought out of the cart and remembers it for the way to its tutor', () => {
    expect(reducer(cartOf(first, second), purchased(first))).toEqual({ courseIds: [second], bought: [first] });
  });

  it('does not take a course bought elsewhere for one of this checkout', () => {
    expect(reducer(cartOf(first), purchased(second))).toEqual(cartOf(first));
  });

  it('keeps a course whose purchase failed', () => {
    const failed = CoursesApiActions.purchaseFailed({ courseId: first, failure: 'offline' });
    expect(reducer(cartOf(first), failed).courseIds).toEqual([first]);
  });

  it('drops what is owned already, and what is no longer offered', () => {
    const owned = CoursesApiActions.courseLoaded({ course: { ...sampleCourse, id: first, enrolled: true } });
    const gone = CoursesApiActions.courseFailed({ courseId: second, failure: 'missing' });
    expect([owned, gone].reduce(reducer, cartOf(first, second)).courseIds).toEqual([]);
  });

  it('keeps what could not be read for another reason', () => {
    const failed = CoursesApiActions.courseFailed({ courseId: first, failure: 'offline' });
    expect(reducer(cartOf(first), failed).courseIds).toEqual([first]);
  });

  it('starts the page anew without what an earlier checkout bought', () => {
    expect(reducer({ courseIds: [], bought: [first] }, CartPageActions.opened({ courseIds: [] })).bought).toEqual([]);
  });

  it('takes over what was kept', () => {
    expect(reducer(cartOf(first), CartStorageActions.restored({ cart: [second], wishlist: [] })).courseIds).toEqual([
      second,
    ]);
  });
});

describe('wishlistFeature', () => {
  const { reducer } = wishlistFeature;

  it('remembers and forgets', () => {
    const added = reducer(initialWishlistState, CoursePageActions.addToWishlistPressed({ courseId: first }));
    expect(added.courseIds).toEqual([first]);
    expect(reducer(added, CoursePageActions.removeFromWishlistPressed({ courseId: first })).courseIds).toEqual([]);
  });

  it('moves a course to the cart', () => {
    const move = WishlistPageActions.moveToCartPressed({ courseId: first });
    expect(reducer({ courseIds: [first, second] }, move).courseIds).toEqual([second]);
    expect(cartFeature.reducer(initialCartState, move).courseIds).toEqual([first]);
  });

  it('forgets what was bought', () => {
    expect(reducer({ courseIds: [first] }, purchased(first)).courseIds).toEqual([]);
  });
});
