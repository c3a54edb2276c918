import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that one household or host gets as a whole: a /64. */
const OWN_GROUPS = 4;

/**
 * The key a caller's address is counted under: an IPv4 address as it is, of an IPv6 address its /64, since whoever has
 * one address of it has 2^64.
 */
export function addressKey(address: string | undefined): string {
  if (!address) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return address;
  return `${groupsOf(plain).slice(0, OWN_GROUPS).join(':')}::/64`;
}

/** The eight groups of an IPv6 address, its `::` filled in. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before.map(trimmed);
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after].map(trimmed);
}

function trimmed(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
