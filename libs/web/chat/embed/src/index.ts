export { CourseChat } from './course-chat';
export { courseChatLoginRoutes, courseChatRoutes } from './course-chat.routes';
export { courseChatLabels } from './labels';
export type { CourseChatLabels, CourseChatOptions, ExternalLogin } from './options';
export { provideCourseChat } from './provide-course-chat';
