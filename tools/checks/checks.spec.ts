import { judge } from './audit.mjs';
import { lockfileProblems } from './lockfile.mjs';

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
