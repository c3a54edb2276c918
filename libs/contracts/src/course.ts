import * as z from 'zod/mini';
import { emailSchema, idSchema, nameSchema, priceSchema, timeSchema } from './primitives';
import { userSchema } from './user';

/** A course as the one who asks sees it: `enrolled` is about them. */
export const courseSchema = z.object({
  id: idSchema,
  title: z.string(),
  summary: z.string(),
  priceCents: priceSchema,
  tutors: z.array(userSchema),
  enrolled: z.boolean(),
});
export type Course = z.infer<typeof courseSchema>;

/** The part of a course that a chat carries. */
export const courseRefSchema = z.object({ id: idSchema, title: z.string() });
export type CourseRef = z.infer<typeof courseRefSchema>;

export const purchaseSchema = z.object({ courseId: idSchema, purchasedAt: timeSchema });
export type Purchase = z.infer<typeof purchaseSchema>;

/** What a shop tells about one student and one course. `eventId` makes it idempotent. */
export const enrollmentEventSchema = z.strictObject({
  eventId: z.string().check(z.minLength(1), z.maxLength(200)),
  type: z.enum(['enrolled', 'refunded']),
  courseId: idSchema,
  student: z.strictObject({ email: emailSchema, name: nameSchema }),
  at: timeSchema,
});
export type EnrollmentEvent = z.infer<typeof enrollmentEventSchema>;

/** A tutor one may write to, and the chat with them if there is one. */
export const availableTutorSchema = z.object({
  tutor: userSchema,
  course: courseRefSchema,
  chatId: z.nullable(idSchema),
});
export type AvailableTutor = z.infer<typeof availableTutorSchema>;

/** A student of one of the tutor's courses, and the chat with them if there is one. */
export const tutorStudentSchema = z.object({
  student: userSchema,
  course: courseRefSchema,
  chatId: z.nullable(idSchema),
});
export type TutorStudent = z.infer<typeof tutorStudentSchema>;
