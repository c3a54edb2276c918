import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the server takes the portal's files from. */
const PORTAL = join('dist', 'apps', 'portal', 'browser');

/**
 * What a visitor could fetch and should not be able to: our sources, where they lie, and what they are built with.
 * @param {string} folder
 * @returns {string[]}
 */
export function servedProblems(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const problems = files.length === 0 ? [`${folder} is empty`] : [];
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name);
    if (/\.(map|ts|scss|env|md|log)$|^\./.test(name)) problems.push(`${file} is no file of a portal`);
    if (!/\.(js|css|html|json|svg|webmanifest|txt)$/.test(name)) continue;
    const text = readFileSync(file, 'utf8');
    if (text.includes('sourceMappingURL')) problems.push(`${file} names a source map`);
    if (text.includes(process.cwd())) problems.push(`${file} names a folder of the machine that built it`);
    if (/ng-version=/.test(text)) problems.push(`${file} tells the version it was built with`);
  }
  return problems;
}

/** The same for the built portal. */
export function checkServed() {
  return servedProblems(PORTAL);
}
