import { ARABIC_FEATURE_LABELS } from '@course-chat/web/chat/feature/labels.ar';
import { ARABIC_LABELS } from '@course-chat/web/chat/ui/labels.ar';
import type { CourseChatLabels } from './options';

/** Every word of the chat in Arabic. */
export const labels: CourseChatLabels = { components: ARABIC_LABELS, pages: ARABIC_FEATURE_LABELS };
