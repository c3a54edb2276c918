import type { Provider } from '@angular/core';
import {
  ACCOUNT_LABELS,
  AUTH_LABELS,
  ARABIC_ACCOUNT_LABELS,
  ARABIC_AUTH_LABELS,
} from '@course-chat/web/auth/labels.ar';
import { CHAT_FEATURE_LABELS, ARABIC_FEATURE_LABELS } from '@course-chat/web/chat/feature/labels.ar';
import { CHAT_UI_LABELS, ARABIC_LABELS } from '@course-chat/web/chat/ui/labels.ar';
import { COURSES_LABELS, ARABIC_COURSES_LABELS } from '@course-chat/web/courses/labels.ar';
import { PORTAL_LABELS } from '../portal.labels';
import { ARABIC_PORTAL_LABELS } from '../portal.labels.ar';

/** Everything the portal says, in Arabic. */
export const labels: Provider[] = [
  { provide: PORTAL_LABELS, useValue: ARABIC_PORTAL_LABELS },
  { provide: AUTH_LABELS, useValue: ARABIC_AUTH_LABELS },
  { provide: ACCOUNT_LABELS, useValue: ARABIC_ACCOUNT_LABELS },
  { provide: COURSES_LABELS, useValue: ARABIC_COURSES_LABELS },
  { provide: CHAT_UI_LABELS, useValue: ARABIC_LABELS },
  { provide: CHAT_FEATURE_LABELS, useValue: ARABIC_FEATURE_LABELS },
];
