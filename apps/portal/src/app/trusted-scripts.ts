/** The service worker: the one script that is named by an address at run time. */
export const WORKER = 'ngsw-worker.js';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): unknown;
}

/**
 * Says which texts may become code when something hands one to the browser: the address of the service worker, whose
 * registration knows no trusted types, and nothing else. Markup and scripts have no way in at all.
 */
export function trustOnlyTheWorker(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', { createScriptURL: (url) => (url === WORKER ? url : null) });
}
