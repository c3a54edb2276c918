/** A file of its own, so that the account page is loaded when somebody opens it. */
export { accountRoutes } from '@course-chat/web/auth/account';
