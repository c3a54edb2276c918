/** What EnrollmentModule is told from outside. */
export interface EnrollmentOptions {
  /** Whether the demo checkout is open; a real portal sells in its own shop. */
  readonly demoCheckout: boolean;
  /** Signs the shop's events; null closes that door. */
  readonly webhookSecret: string | null;
}
export const ENROLLMENT_OPTIONS = Symbol('ENROLLMENT_OPTIONS');
