export { COURSES_LABELS, ENGLISH_COURSES_LABELS, type CoursesLabels } from './courses.labels';
export { provideCourses } from './provide-courses';
export { OwnCoursesPageActions } from './state/courses.actions';
export { cartFeature } from './state/cart.feature';
export { coursesFeature } from './state/courses.feature';
export { wishlistFeature } from './state/wishlist.feature';
export { COURSE_CURRENCY } from './ui/price';
