/** Ends the task at hand, so that a tap or a paint comes in between: a start in one piece holds a phone for half a second. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve));
}
