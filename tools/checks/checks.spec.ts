import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from './audit.mjs';
import { isAllowed, licenceProblems } from './licences.mjs';
import { lockfileProblems } from './lockfile.mjs';
import { servedProblems } from './served.mjs';

describe(lockfileProblems.name, () => {
  it.each([
    ['node_modules/ws', '8.20.9', true],
    ['node_modules/ws', '8.21.0-rc.1', true],
    ['node_modules/jsdom/node_modules/ws', '7.99.99', true],
    ['node_modules/ws', '8.21.0', false],
    ['node_modules/ws', '9.0.0', false],
    ['node_modules/wsx', '1.0.0', false],
  ])('%s %s: below its floor is %s', (path, version, below) => {
    expect(lockfileProblems({ packages: { [path]: { version } } })).toHaveLength(below ? 1 : 0);
  });

  it('refuses download addresses', () => {
    const resolved = 'https://registry.example/zod.tgz';
    expect(lockfileProblems({ packages: { 'node_modules/zod': { version: '4.0.0', resolved } } })).toEqual([
      expect.stringContaining(resolved),
    ]);
  });
});

describe(judge.name, () => {
  const hole = (severity: string) => ({
    ws: { severity, via: [{ title: 'a hole', url: 'https://advisory.example/1' }] },
  });

  it('fails on high and above, tells the rest', () => {
    expect(judge(hole('critical'), []).failures).toHaveLength(1);
    expect(judge(hole('high'), []).failures).toHaveLength(1);
    expect(judge(hole('moderate'), [])).toMatchObject({ failures: [], notes: [expect.stringContaining('a hole')] });
  });

  it('accepts an exception and repeats its reason', () => {
    const { failures, notes } = judge(hole('high'), [{ url: 'https://advisory.example/1', reason: 'never reached' }]);
    expect(failures).toEqual([]);
    expect(notes[0]).toContain('never reached');
  });
});

describe(licenceProblems.name, () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['(BSD-3-Clause AND Apache-2.0)', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['AGPL-3.0-or-later', false],
    ['SSPL-1.0', false],
    ['UNLICENSED', false],
    ['SEE LICENSE IN LICENSE', false],
  ])('%s may ship: %s', (licence, allowed) => expect(isAllowed(licence)).toBe(allowed));

  it('looks at what ships alone, and asks the package where the lockfile is silent', () => {
    const packages = {
      '': { license: 'UNLICENSED' },
      'node_modules/tool': { license: 'GPL-3.0-only', dev: true },
      'node_modules/old': { version: '1.0.0' },
      'node_modules/bare': { version: '2.0.0' },
      'node_modules/copyleft': { version: '3.0.0', license: 'GPL-3.0-only' },
    };
    expect(licenceProblems({ packages }, (path) => (path.endsWith('old') ? 'MIT' : undefined))).toEqual([
      expect.stringContaining('bare 2.0.0'),
      expect.stringContaining('copyleft 3.0.0 is licensed GPL-3.0-only'),
    ]);
  });
});

describe(servedProblems.name, () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'course-chat-served-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['main.js', 'const a = 1;', 0],
    ['main.js.map', '{}', 1],
    ['main.js', 'const a = 1;\n//# sourceMappingURL=main.js.map', 1],
    ['main.js', `const at = '${process.cwd()}/libs';`, 1],
    ['index.html', '<cc-root ng-version="22.2.0"></cc-root>', 1],
    ['.env', 'JWT_SECRET=x', 1],
  ])('%s with %s: %d problems', (name, text, count) => {
    writeFileSync(join(folder, name), text);
    expect(servedProblems(folder)).toHaveLength(count);
  });

  it('a portal without files is no portal', () => expect(servedProblems(folder)).toHaveLength(1));
});
