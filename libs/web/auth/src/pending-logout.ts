const KEY = 'course-chat.logout-pending';

/**
 * A logout that could not reach the server. No script can delete the refresh cookie, so the next start, which may be
 * another person at the same machine, ends the session before it would refresh it.
 */
export const pendingLogout = {
  exists: (): boolean => attempt(() => localStorage.getItem(KEY) !== null) ?? false,
  remember: (): void => attempt(() => localStorage.setItem(KEY, '1')),
  clear: (): void => attempt(() => localStorage.removeItem(KEY)),
};

// Storage may be forbidden or full.
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
