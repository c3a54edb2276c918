import { SPANISH_FEATURE_LABELS } from '@course-chat/web/chat/feature/labels.es';
import { SPANISH_LABELS } from '@course-chat/web/chat/ui/labels.es';
import type { CourseChatLabels } from './options';

/** Every word of the chat in Spanish. */
export const labels: CourseChatLabels = { components: SPANISH_LABELS, pages: SPANISH_FEATURE_LABELS };
