/** Deepest nesting of an input; no shape of ours nests deeper than four. */
const DEPTH_MAX = 16;
/** Most values an input may hold in all: a `sync` of 50 chats has 203. */
const VALUES_MAX = 1_000;
/**
 * Keys by which an input would reach a prototype. JSON makes them keys like any other; Nest's pipe drops them in silence and a
 * schema may pass over them, so they are refused here, alike for REST and sockets.
 */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Whether an input is small enough to be looked at, not nested too deeply, not too many values, and names no prototype.
 * Walks without recursion and stops at the first excess, so that the check costs no more than what it allows.
 */
export function isModest(input: unknown): boolean {
  let level: unknown[] = [input];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return false;
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
      // Keys one by one: an object of 100,000 must not be copied to be counted.
      for (const key in value) {
        if (PROTOTYPE_KEYS.has(key) || ++values > VALUES_MAX) return false;
        below.push((value as Record<string, unknown>)[key]);
      }
    }
    level = below;
  }
  return true;
}
