import { join } from 'node:path';
import { ESLint } from 'eslint';

const ROOT = join(__dirname, '..');
const RULES = new Set([
  ...['no-eval', 'no-implied-eval', 'no-new-func', 'no-script-url', 'no-restricted-syntax'],
  '@angular-eslint/template/no-inline-styles',
]);

describe('what would turn text into markup or code', () => {
  let eslint: ESLint;

  beforeAll(() => {
    process.env.NX_DAEMON = 'false';
    process.env.NX_ISOLATE_PLUGINS = 'false'; // its plugin workers would outlive the spec
    eslint = new ESLint({
      cwd: ROOT,
      ruleFilter: ({ ruleId }) => RULES.has(ruleId),
      overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: false } } },
    });
  });

  const complaints = async (file: string, text: string) =>
    (await eslint.lintText(text, { filePath: join(ROOT, file) })).flatMap(({ messages }) => messages);

  it.each([
    "eval('1');",
    "new Function('return 1')();",
    "location.href = 'javascript:alert(1)';",
    'sanitizer.bypassSecurityTrustHtml(text);',
    'element.innerHTML = text;',
    'element.outerHTML += text;',
    'frame.srcdoc = text;',
    "element.insertAdjacentHTML('beforeend', text);",
    'document.write(text);',
  ])('does not pass lint in a script: %s', async (line) => {
    expect(await complaints('libs/web/chat/ui/src/probe.ts', `${line}\n`)).toHaveLength(1);
  });

  it.each(['<p [innerHTML]="text()"></p>', '<iframe srcdoc="<p>"></iframe>', '<p style="color: red"></p>'])(
    'does not pass lint in a template, of its own or inline: %s',
    async (template) => {
      expect(await complaints('libs/web/chat/ui/src/probe.html', template)).toHaveLength(1);
      const component = `@Component({ selector: 'cc-x', template: \`${template}\` })\nexport class X {}\n`;
      const inline = `import { Component } from '@angular/core';\n${component}`;
      expect(await complaints('libs/web/chat/ui/src/probe.ts', inline)).toHaveLength(1);
    },
  );

  it('passes what sets one style or a text', async () => {
    expect(
      await complaints('libs/web/chat/ui/src/probe.html', '<p [style.top.px]="top()">{{ text() }}</p>'),
    ).toHaveLength(0);
  });
});
