import { inject } from '@angular/core';
import { Actions, createEffect, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import { distinctUntilChanged, EMPTY, map, startWith, switchMap, tap, defer } from 'rxjs';
import { selectUser } from '@course-chat/web/auth';
import { cartFeature } from './cart.feature';
import { CartStorage } from './cart-storage';
import {
  CartPageActions,
  CartStorageActions,
  CoursePageActions,
  CoursesApiActions,
  WishlistPageActions,
} from './courses.actions';
import { wishlistFeature } from './wishlist.feature';

/** Whoever logs in finds what they put aside, and sees what they put aside in another tab. */
export const restore = createEffect(
  (store = inject(Store), storage = inject(CartStorage)) =>
    store.select(selectUser).pipe(
      map((user) => user?.id ?? null),
      distinctUntilChanged(),
      switchMap((userId) => {
        if (userId === null) return EMPTY;
        return defer(() => storage.changes(userId).pipe(startWith(storage.read(userId))));
      }),
      map((kept) => CartStorageActions.restored(kept)),
    ),
  { functional: true },
);

/** Kept by what happened, not by what the store holds: the store is emptied at logout, the cart stays. */
export const keep = createEffect(
  (actions$ = inject(Actions), store = inject(Store), storage = inject(CartStorage)) => {
    const user = store.selectSignal(selectUser);
    const cart = store.selectSignal(cartFeature.selectCourseIds);
    const wishlist = store.selectSignal(wishlistFeature.selectCourseIds);
    return actions$.pipe(
      ofType(
        CoursePageActions.addToCartPressed,
        CoursePageActions.addToWishlistPressed,
        CoursePageActions.removeFromWishlistPressed,
        CartPageActions.removePressed,
        WishlistPageActions.removePressed,
        WishlistPageActions.moveToCartPressed,
        CoursesApiActions.purchased,
        CoursesApiActions.courseLoaded,
        CoursesApiActions.courseFailed,
      ),
      tap(() => {
        const owner = user();
        if (owner) storage.write(owner.id, { cart: cart(), wishlist: wishlist() });
      }),
    );
  },
  { functional: true, dispatch: false },
);
