import { readFileSync } from 'node:fs';

/** Below these versions there are known holes in what faces the network or the database. */
const FLOORS = {
  'socket.io-parser': '4.2.7',
  'engine.io': '6.6.10',
  ws: '8.21.0',
  mongoose: '9.9.2',
  multer: '2.3.0',
};

/**
 * What is wrong with a lockfile: packages below their floor, and download addresses, which tie it to one registry.
 * @param {{ packages: Record<string, { version?: string, resolved?: string, dev?: boolean }> }} lockfile
 * @returns {string[]}
 */
export function lockfileProblems(lockfile) {
  const problems = [];
  for (const [path, { version, resolved, dev }] of Object.entries(lockfile.packages)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const floor = Object.hasOwn(FLOORS, name) ? FLOORS[/** @type {keyof typeof FLOORS} */ (name)] : undefined;
    // What only runs on a developer's machine is npm audit's business.
    if (floor && version && !dev && isBelow(version, floor))
      problems.push(`${path} is ${version}, wanted at least ${floor}`);
    if (resolved) problems.push(`${path} names a download address (${resolved})`);
  }
  return problems;
}

/** The same for the lockfile of this workspace. */
export function checkLockfile() {
  return lockfileProblems(JSON.parse(readFileSync('package-lock.json', 'utf8')));
}

/**
 * @param {string} version
 * @param {string} floor
 */
function isBelow(version, floor) {
  const [have, want] = [version, floor].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  for (const [index, part] of (want ?? []).entries()) {
    const own = have?.[index] ?? 0;
    if (own !== part) return own < part;
  }
  return version.includes('-'); // a pre-release of the floor itself
}
