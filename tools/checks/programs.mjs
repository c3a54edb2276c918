import { Problem } from '../launcher/problem.mjs';
import { which } from '../launcher/processes.mjs';
import { installDebianPackages } from '../launcher/system-packages.mjs';

/**
 * The Chromium the browser tests drive: given, on the PATH, or installed.
 * @param {(line: string) => void} log
 * @returns {Promise<string>}
 */
export async function ensureChromium(log) {
  if (process.env.CHROMIUM_BINARY) return process.env.CHROMIUM_BINARY;
  const find = () => which('chromium') ?? which('chromium-browser') ?? which('google-chrome');
  const found = find() ?? ((await installDebianPackages(['chromium'], log)) ? find() : null);
  if (found) return found;
  throw new Problem(
    'The browser tests need Chromium.',
    'install it (on Debian: apt-get install chromium), or set CHROMIUM_BINARY to one.',
  );
}

/**
 * The Redis that tests of several nodes share: on the PATH, or installed.
 * @param {(line: string) => void} log
 * @returns {Promise<string | null>} null when there is none
 */
export async function ensureRedis(log) {
  return which('redis-server') ?? ((await installDebianPackages(['redis-server'], log)) ? which('redis-server') : null);
}
