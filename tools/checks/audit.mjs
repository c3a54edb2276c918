import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run } from '../launcher/processes.mjs';

const EXCEPTIONS = fileURLToPath(new URL('./audit-exceptions.json', import.meta.url));

/**
 * Asks the registry for known holes in what ships. Null when it does not answer (offline, or a mirror without advisories).
 * @returns {Promise<{ failures: string[], notes: string[] } | null>}
 */
export async function audit() {
  const { stdout } = await run('npm', ['audit', '--omit=dev', '--json', '--audit=true'], { timeoutMs: 60_000 });
  const report = parse(stdout);
  return report?.vulnerabilities ? judge(report.vulnerabilities, JSON.parse(readFileSync(EXCEPTIONS, 'utf8'))) : null;
}

/**
 * High and critical ones fail unless an exception names them with its reason; the others are told.
 * @param {Record<string, { severity: string, via: (string | { title: string, url: string })[] }>} vulnerabilities
 * @param {{ url: string, reason: string }[]} exceptions
 */
export function judge(vulnerabilities, exceptions) {
  const failures = [];
  const notes = [];
  for (const [name, { severity, via }] of Object.entries(vulnerabilities)) {
    for (const cause of via) {
      if (typeof cause === 'string') continue; // told where it starts
      const line = `${severity}: ${name}: ${cause.title} (${cause.url})`;
      const exception = exceptions.find(({ url }) => url === cause.url);
      if (exception) notes.push(`${line}, accepted: ${exception.reason}`);
      else if (severity === 'high' || severity === 'critical') failures.push(line);
      else notes.push(line);
    }
  }
  return { failures, notes };
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
