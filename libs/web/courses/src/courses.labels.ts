import { InjectionToken } from '@angular/core';
import type { CourseFailure } from './state/course-failure';

/** Every text of this library. An application may provide another object of the same shape. */
export interface CoursesLabels {
  readonly course: string;
  readonly catalogue: string;
  readonly myCourses: string;
  readonly enrolled: string;
  readonly free: string;
  readonly taughtBy: (names: string) => string;
  readonly more: string;
  readonly loading: string;
  readonly retry: string;
  readonly listFailed: string;
  readonly catalogueEmpty: string;
  readonly catalogueEmptyHint: string;
  readonly myCoursesEmpty: string;
  readonly myCoursesEmptyHint: string;
  readonly toCatalogue: string;
  readonly about: string;
  readonly tutors: string;
  readonly noTutors: string;
  readonly price: string;
  readonly addToCart: string;
  readonly viewCart: string;
  readonly addToWishlist: string;
  readonly removeFromWishlist: string;
  readonly buyNow: string;
  readonly buying: string;
  readonly chatWithTutor: string;
  readonly chatWith: (name: string) => string;
  readonly openingChat: string;
  readonly owned: string;
  readonly ownedSince: (date: string) => string;
  readonly nowOwned: (title: string) => string;
  readonly youTeach: string;
  readonly seeStudents: string;
  readonly courseMissing: string;
  readonly courseMissingHint: string;
  readonly failures: Readonly<Record<CourseFailure, string>>;
  readonly chatFailed: string;
  readonly cart: string;
  readonly cartEmpty: string;
  readonly cartEmptyHint: string;
  readonly total: string;
  readonly checkout: string;
  readonly checkingOut: string;
  readonly demoCheckout: string;
  readonly remove: string;
  readonly removeNamed: (title: string) => string;
  readonly boughtTitle: string;
  readonly boughtHint: string;
  readonly wishlist: string;
  readonly wishlistEmpty: string;
  readonly wishlistEmptyHint: string;
  readonly moveToCart: string;
  readonly moveToCartNamed: (title: string) => string;
  readonly taughtTitle: string;
  readonly taughtEmpty: string;
  readonly taughtEmptyHint: string;
}

export const ENGLISH_COURSES_LABELS: CoursesLabels = {
  course: 'Course',
  catalogue: 'Catalogue',
  myCourses: 'My courses',
  enrolled: 'Yours',
  free: 'Free',
  taughtBy: (names) => `with ${names}`,
  more: 'Show more courses',
  loading: 'Loading…',
  retry: 'Try again',
  listFailed: 'The courses could not be loaded.',
  catalogueEmpty: 'No courses yet',
  catalogueEmptyHint: 'As soon as one is offered it will be listed here.',
  myCoursesEmpty: 'You have no courses yet',
  myCoursesEmptyHint: 'Pick one from the catalogue. Once it is yours, you can chat with its tutor.',
  toCatalogue: 'Browse the catalogue',
  about: 'About this course',
  tutors: 'Tutors',
  noTutors: 'This course has no tutor at the moment.',
  price: 'Price',
  addToCart: 'Add to cart',
  viewCart: 'View cart',
  addToWishlist: 'Add to wishlist',
  removeFromWishlist: 'Remove from wishlist',
  buyNow: 'Buy now',
  buying: 'Buying…',
  chatWithTutor: 'Chat with tutor',
  chatWith: (name) => `Chat with ${name}`,
  openingChat: 'Opening the chat…',
  owned: 'You own this course.',
  ownedSince: (date) => `You own this course since ${date}.`,
  nowOwned: (title) => `${title} is yours now.`,
  youTeach: 'You teach this course.',
  seeStudents: 'See its students',
  courseMissing: 'This course does not exist',
  courseMissingHint: 'It may have been withdrawn, or the link is not complete.',
  failures: {
    missing: 'This course is no longer offered.',
    forbidden: 'Only students can buy courses. Log in with a student account to buy it.',
    offline: 'Course Chat cannot be reached. Check your connection and try again.',
    limited: 'That was a lot at once. Wait a moment and try again.',
    unavailable: 'Something went wrong on our side. Try again in a moment.',
  },
  chatFailed: 'The chat could not be opened. Try again.',
  cart: 'Cart',
  cartEmpty: 'Your cart is empty',
  cartEmptyHint: 'Courses you add wait here until you buy them.',
  total: 'Total',
  checkout: 'Check out',
  checkingOut: 'Checking out…',
  demoCheckout: 'This is a demo checkout: nothing is charged.',
  remove: 'Remove',
  removeNamed: (title) => `Remove ${title}`,
  boughtTitle: 'Yours now',
  boughtHint: 'Say hello to your tutor, or open the course.',
  wishlist: 'Wishlist',
  wishlistEmpty: 'Your wishlist is empty',
  wishlistEmptyHint: 'Remember courses for later with “Add to wishlist”.',
  moveToCart: 'Move to cart',
  moveToCartNamed: (title) => `Move ${title} to cart`,
  taughtTitle: 'Courses',
  taughtEmpty: 'You teach no course yet',
  taughtEmptyHint: 'Courses appear here when you are named as their tutor.',
};

export const COURSES_LABELS = new InjectionToken<CoursesLabels>('COURSES_LABELS', {
  providedIn: 'root',
  factory: () => ENGLISH_COURSES_LABELS,
});
