import * as z from 'zod/mini';
import { roleSchema } from '@course-chat/contracts';

/** What `GET /api/demo` answers where demo data is served: accounts anyone may try. */
export const demoSchema = z.object({
  password: z.string(),
  accounts: z.array(z.object({ email: z.string(), name: z.string(), role: roleSchema })),
});
export type Demo = z.infer<typeof demoSchema>;
export type DemoAccount = Demo['accounts'][number];
