import { existsSync } from 'node:fs';
import { run, which } from './processes.mjs';

/**
 * Installs Debian packages when we may: as root, or with a sudo that asks nothing. Returns whether it worked, so that the
 * caller can say in its own words what is missing.
 * @param {string[]} packages
 * @param {(line: string) => void} log
 */
export async function installDebianPackages(packages, log) {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version') || !which('apt-get')) return false;
  const prefix = process.getuid?.() === 0 ? [] : await passwordlessSudo();
  if (!prefix) return false;
  log(`Installing ${packages.join(', ')} with apt-get ...`);
  const apt = (/** @type {string[]} */ ...args) => {
    const command = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return run(/** @type {string} */ (command[0]), command.slice(1), { timeoutMs: 600_000 });
  };
  // Fresh images come without package lists, old ones with lists that point at versions which are gone.
  await apt('update');
  const installed = await apt('install', '-y', '--no-install-recommends', ...packages);
  if (installed.code !== 0) log(`apt-get could not: ${installed.stderr.trim().split('\n').at(-1)}`);
  return installed.code === 0;
}

/** @returns {Promise<string[] | null>} */
async function passwordlessSudo() {
  if (!which('sudo')) return null;
  return (await run('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : null;
}
