// A script of its own, a hundredth of the application's: the session is on its way before that has arrived. The build calls it
// `polyfills`, and is told of it without `.ts`: with it, Angular would write the application for zone.js.
import { askForSession } from '@course-chat/web/auth/ask-for-session';

askForSession();
