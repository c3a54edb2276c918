export { studentChatRoutes, tutorChatRoutes } from './chat.routes';
export { CHAT_FEATURE_LABELS, ENGLISH_FEATURE_LABELS, type ChatFeatureLabels } from './labels';
export { openNewChat } from './open-dialog';
export { StudentChatPage } from './student-chat-page';
export { TutorChatPage } from './tutor-chat-page';
