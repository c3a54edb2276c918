// A script of its own, a hundredth of the application's: the session is on its way before that has arrived.
import { askForSession } from '@course-chat/web/auth/ask-for-session';

askForSession();
