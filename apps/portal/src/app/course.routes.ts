/** A file of its own, so that courses, cart and wishlist are loaded when somebody goes there. */
export { courseRoutes } from '@course-chat/web/courses';
