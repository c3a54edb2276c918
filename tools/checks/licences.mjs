import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What may ship beside MIT code of ours: permissive ones, and MPL, whose terms end at its own files. */
const ALLOWED = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0'],
  ...['BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Python-2.0', 'Zlib'],
]);

/** Packages that name no licence where a program would look, and what a person found in them. */
const READ_BY_HAND = new Map([['pause 0.0.1', 'MIT']]); // Of passport; the end of its Readme.md.

/**
 * A package as the lockfile has it.
 * @typedef {{ version?: string, license?: string, dev?: boolean, devOptional?: boolean }} LockedPackage
 */

/**
 * The packages that ship and whose licence is not on the list, or that name none.
 * @param {{ packages: Record<string, LockedPackage> }} lockfile
 * @param {(path: string) => string | undefined} installedLicence what the package itself says, where the lockfile is silent
 * @returns {string[]}
 */
export function licenceProblems(lockfile, installedLicence) {
  return Object.entries(lockfile.packages).flatMap(([path, locked]) => {
    if (path === '' || locked.dev || locked.devOptional) return [];
    const name = `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)} ${locked.version}`;
    const licence = locked.license ?? installedLicence(path) ?? READ_BY_HAND.get(name);
    if (licence && isAllowed(licence)) return [];
    return [`${path} ${locked.version} is licensed ${licence ?? 'under nothing that it names'}`];
  });
}

/** The same for the lockfile of this workspace. */
export function checkLicences() {
  return licenceProblems(JSON.parse(readFileSync('package-lock.json', 'utf8')), licenceOfInstalled);
}

/**
 * Whether an SPDX expression can be met with what is allowed: one side of an OR, both of an AND.
 * @param {string} expression
 */
export function isAllowed(expression) {
  const bare = expression.replace(/[()]/g, ' ').trim();
  return bare.split(/\s+OR\s+/i).some((choice) => choice.split(/\s+AND\s+/i).every((name) => ALLOWED.has(name.trim())));
}

/**
 * Older packages say `licenses: [{ type }]`.
 * @param {string} path
 */
function licenceOfInstalled(path) {
  try {
    const { license, licenses } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return typeof license === 'string' ? license : (license?.type ?? licenses?.map(typeOf).join(' OR '));
  } catch {
    return undefined;
  }
}

/** @param {{ type: string }} licence */
const typeOf = ({ type }) => type;
