import type { Route, Routes } from '@angular/router';

/**
 * Fetches the files of the page at `path` while it is still asked who is there: the router fetches them only after its
 * guards, one round trip later. Fetches nothing twice, changes nothing, and leaves what fails to the router.
 */
export async function fetchAhead(routes: Routes, path: string): Promise<void> {
  const found = leadingTo(routes, path.split('/').filter(Boolean));
  if (!found) return;
  const { chain, rest } = found;
  try {
    const pages = chain.map(async (route) => route.loadComponent?.());
    const children = await chain.at(-1)?.loadChildren?.();
    if (Array.isArray(children)) await fetchAhead(children as Routes, rest.join('/'));
    await Promise.all(pages);
  } catch {
    // The router meets the same failure when it comes to this page, and says so.
  }
}

/** The routes from the outermost to the one that shows the page or loads more of them, and what of the path is left for those. */
function leadingTo(routes: Routes, segments: readonly string[]): { chain: Route[]; rest: readonly string[] } | null {
  for (const route of routes) {
    const rest = beyond(route, segments);
    if (rest === null) continue;
    const inside = route.children && leadingTo(route.children, rest);
    if (inside) return { chain: [route, ...inside.chain], rest: inside.rest };
    if (route.loadChildren || rest.length === 0) return { chain: [route], rest };
  }
  return null;
}

/** What of the segments a route leaves to its children; null where it does not begin them. */
function beyond({ path, matcher }: Route, segments: readonly string[]): readonly string[] | null {
  // Routes with a matcher of their own end an address here.
  if (matcher) return [];
  const own = (path ?? '').split('/').filter(Boolean);
  const begins = own.every(
    (part, index) => part === segments[index] || (part.startsWith(':') && index < segments.length),
  );
  return begins ? segments.slice(own.length) : null;
}
