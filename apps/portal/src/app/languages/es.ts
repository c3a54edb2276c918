import type { Provider } from '@angular/core';
import {
  ACCOUNT_LABELS,
  AUTH_LABELS,
  SPANISH_ACCOUNT_LABELS,
  SPANISH_AUTH_LABELS,
} from '@course-chat/web/auth/labels.es';
import { CHAT_FEATURE_LABELS, SPANISH_FEATURE_LABELS } from '@course-chat/web/chat/feature/labels.es';
import { CHAT_UI_LABELS, SPANISH_LABELS } from '@course-chat/web/chat/ui/labels.es';
import { COURSES_LABELS, SPANISH_COURSES_LABELS } from '@course-chat/web/courses/labels.es';
import { PORTAL_LABELS } from '../portal.labels';
import { SPANISH_PORTAL_LABELS } from '../portal.labels.es';

/** Everything the portal says, in Spanish. */
export const labels: Provider[] = [
  { provide: PORTAL_LABELS, useValue: SPANISH_PORTAL_LABELS },
  { provide: AUTH_LABELS, useValue: SPANISH_AUTH_LABELS },
  { provide: ACCOUNT_LABELS, useValue: SPANISH_ACCOUNT_LABELS },
  { provide: COURSES_LABELS, useValue: SPANISH_COURSES_LABELS },
  { provide: CHAT_UI_LABELS, useValue: SPANISH_LABELS },
  { provide: CHAT_FEATURE_LABELS, useValue: SPANISH_FEATURE_LABELS },
];
