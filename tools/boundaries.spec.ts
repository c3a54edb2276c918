import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const ROOT = join(__dirname, '..');
const RULE = '@nx/enforce-module-boundaries';

/** What the boundary rule says about a file at this place with this one import. */
async function complaints(eslint: ESLint, file: string, imported: string): Promise<string[]> {
  const [result] = await eslint.lintText(`import { x } from '${imported}';\nexport const y = x;\n`, {
    filePath: join(ROOT, file),
  });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === RULE).map(({ message }) => message);
}

describe('module boundaries', () => {
  let eslint: ESLint;

  beforeAll(() => {
    process.env.NX_DAEMON = 'false';
    process.env.NX_ISOLATE_PLUGINS = 'false'; // its plugin workers would outlive the spec
    // Only this rule, and no types: the files below exist in name only.
    eslint = new ESLint({
      cwd: ROOT,
      ruleFilter: ({ ruleId }) => ruleId === RULE,
      overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: false } } },
    });
  });

  it.each([
    ['the server imports the browser', 'libs/api/chat/src/probe.ts', '@course-chat/web/realtime', 'platform:server'],
    ['the browser imports the server', 'libs/web/courses/src/probe.ts', '@course-chat/api/kernel', 'platform:browser'],
    ['the browser imports the database', 'libs/web/chat/state/src/probe.ts', 'mongoose', 'platform:browser'],
    ['the server imports Angular', 'libs/api/kernel/src/probe.ts', '@angular/core', 'platform:server'],
    ['the contracts import a library', 'libs/contracts/src/probe.ts', '@course-chat/api/kernel', 'platform:shared'],
    ['the contracts import a package other than zod', 'libs/contracts/src/probe.ts', 'rxjs', 'type:contract'],
    ['the user interface imports the state', 'libs/web/chat/ui/src/probe.ts', '@course-chat/web/chat/state', 'type:ui'],
    ['the user interface imports the store', 'libs/web/chat/ui/src/probe.ts', '@ngrx/store', 'type:ui'],
    ['the user interface imports the socket', 'libs/web/chat/ui/src/probe.ts', '@course-chat/web/realtime', 'type:ui'],
    ['the state imports a feature', 'libs/web/chat/state/src/probe.ts', '@course-chat/web/chat/feature', 'type:state'],
    ['the socket imports the state', 'libs/web/realtime/src/probe.ts', '@course-chat/web/chat/state', 'type:data'],
    ['presence imports chat', 'libs/api/presence/src/probe.ts', '@course-chat/api/chat', 'scope:presence'],
    [
      'presence imports chat in the browser',
      'libs/web/presence/src/probe.ts',
      '@course-chat/web/chat/state',
      'scope:presence',
    ],
    ['enrolment imports chat', 'libs/api/enrollment/src/probe.ts', '@course-chat/api/chat', 'scope:enrollment'],
    ['authentication imports enrolment', 'libs/api/auth/src/probe.ts', '@course-chat/api/enrollment', 'scope:auth'],
    ['the kernel imports a module', 'libs/api/kernel/src/probe.ts', '@course-chat/api/auth', 'type:util'],
  ])('fails when %s', async (_case, file, imported, because) => {
    const said = await complaints(eslint, file, imported);
    expect(said).toHaveLength(1);
    // An import against an edge that exists is a circle too, and the rule names only the first of the two reasons.
    expect(said[0]).toMatch(new RegExp(`"${because}"|^Circular dependency`));
  });

  it.each([
    ['libs/api/chat/src/probe.ts', '@course-chat/api/enrollment'],
    ['libs/api/chat/src/probe.ts', '@course-chat/api/presence'],
    ['libs/api/chat/src/probe.ts', '@course-chat/contracts'],
    ['libs/api/chat/src/probe.ts', 'mongoose'],
    ['libs/web/chat/state/src/probe.ts', '@course-chat/web/realtime'],
    ['libs/web/chat/state/src/probe.ts', '@course-chat/contracts'],
    ['libs/web/chat/feature/src/probe.ts', '@course-chat/web/chat/ui'],
    ['libs/web/chat/feature/src/probe.ts', '@course-chat/web/chat/state'],
    ['libs/web/chat/ui/src/probe.ts', '@course-chat/contracts'],
    ['libs/contracts/src/probe.ts', 'zod/mini'],
    ['apps/portal/src/probe.ts', '@course-chat/web/chat/state'],
  ])('lets %s import %s', async (file, imported) => {
    expect(await complaints(eslint, file, imported)).toEqual([]);
  });

  it('gives every project one tag of each kind, from the kinds the rules know', () => {
    const projects = globSync('{apps,libs}/**/project.json', { cwd: ROOT, exclude: ['**/node_modules/**'] });
    expect(projects.length).toBeGreaterThan(10);
    for (const file of projects) {
      const { tags } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { tags: string[] };
      expect([file, tags.map((tag) => tag.split(':')[0]).sort()]).toEqual([file, ['platform', 'scope', 'type']]);
    }
  });
});
