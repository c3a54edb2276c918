export { studentChatRoutes, tutorChatRoutes } from './chat.routes';
export { COURSE_LINK } from './course-link';
export { CHAT_FEATURE_LABELS, ENGLISH_FEATURE_LABELS, type ChatFeatureLabels } from './labels';
