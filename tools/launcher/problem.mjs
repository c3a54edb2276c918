/** A failure a person can act on: what is missing, and what to do about it. */
export class Problem extends Error {
  /**
   * @param {string} message What is missing or went wrong, one sentence.
   * @param {string} remedy What to do about it.
   * @param {unknown} [cause]
   */
  constructor(message, remedy, cause) {
    super(message, { cause });
    this.name = 'Problem';
    this.remedy = remedy;
  }
}

/**
 * The text a launcher prints for an error before it ends.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof Problem) return `${error.message}\n  What to do: ${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
