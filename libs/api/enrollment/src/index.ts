export { CourseDirectory } from './course-directory';
export { CourseRepository } from './course.repository';
export { EnrollmentChanges, type EnrollmentChange } from './enrollment-changes';
export { EnrollmentModule } from './enrollment.module';
export { EnrollmentPolicy, type ChatMembers } from './enrollment.policy';
export { EnrollmentRepository } from './enrollment.repository';
export { EnrollmentService } from './enrollment.service';
export { SIGNATURE_HEADER, signatureOf } from './webhook-signature';
