import eslint from '@eslint/js';
import ngrx from '@ngrx/eslint-plugin';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier/flat';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom. Every project carries one tag of each kind (platform, type, scope), and an import must satisfy all
 * three. Whatever is not listed is forbidden; tools/boundaries.spec.ts proves that it really fails.
 */
export const depConstraints = [
  // Where it runs.
  {
    sourceTag: 'platform:server',
    onlyDependOnLibsWithTags: ['platform:server', 'platform:shared'],
    bannedExternalImports: ['@angular/*', '@ngrx/*', '@tanstack/*', 'ngx-socket-io', 'idb'],
  },
  {
    sourceTag: 'platform:browser',
    onlyDependOnLibsWithTags: ['platform:browser', 'platform:shared'],
    bannedExternalImports: [
      '@nestjs/*',
      '@node-rs/*',
      'mongoose',
      'mongodb',
      'express',
      'ioredis',
      'socket.io',
      'pino*',
    ],
  },
  { sourceTag: 'platform:shared', onlyDependOnLibsWithTags: ['platform:shared'] },

  // What it is.
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:contract'], allowedExternalImports: ['zod', 'zod/*'] },
  { sourceTag: 'type:util', onlyDependOnLibsWithTags: ['type:util', 'type:contract'] },
  {
    sourceTag: 'type:ui',
    onlyDependOnLibsWithTags: ['type:ui', 'type:util', 'type:contract'],
    bannedExternalImports: ['@ngrx/*', 'ngx-socket-io', 'socket.io-client', '@angular/common/http'],
  },
  { sourceTag: 'type:data', onlyDependOnLibsWithTags: ['type:data', 'type:util', 'type:contract'] },
  { sourceTag: 'type:state', onlyDependOnLibsWithTags: ['type:state', 'type:data', 'type:util', 'type:contract'] },
  {
    sourceTag: 'type:feature',
    onlyDependOnLibsWithTags: ['type:feature', 'type:state', 'type:data', 'type:ui', 'type:util', 'type:contract'],
  },
  { sourceTag: 'type:module', onlyDependOnLibsWithTags: ['type:module', 'type:util', 'type:contract'] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: [
      ...['type:feature', 'type:state', 'type:data', 'type:ui', 'type:module', 'type:util', 'type:contract'],
    ],
  },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contract'] },

  // What it is about: from the ground upwards, nothing looks up.
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  { sourceTag: 'scope:realtime', onlyDependOnLibsWithTags: ['scope:realtime', 'scope:shared'] },
  { sourceTag: 'scope:auth', onlyDependOnLibsWithTags: ['scope:auth', 'scope:realtime', 'scope:shared'] },
  {
    sourceTag: 'scope:enrollment',
    onlyDependOnLibsWithTags: ['scope:enrollment', 'scope:auth', 'scope:realtime', 'scope:shared'],
  },
  {
    sourceTag: 'scope:presence',
    onlyDependOnLibsWithTags: ['scope:presence', 'scope:auth', 'scope:realtime', 'scope:shared'],
  },
  {
    sourceTag: 'scope:chat',
    onlyDependOnLibsWithTags: [
      ...['scope:chat', 'scope:presence', 'scope:enrollment', 'scope:auth', 'scope:realtime', 'scope:shared'],
    ],
  },
  {
    sourceTag: 'scope:courses',
    onlyDependOnLibsWithTags: [
      'scope:courses',
      'scope:chat',
      'scope:enrollment',
      'scope:auth',
      'scope:realtime',
      'scope:shared',
    ],
  },
];

const TYPESCRIPT = ['**/*.ts'];
const PRODUCT = ['libs/**/src/**/*.ts', 'apps/*/src/**/*.ts'];
const SPECS = ['**/*.spec.ts', '**/testing/**/*.ts'];
const WEB = ['libs/web/**/*.ts', 'apps/portal/**/*.ts', 'apps/gallery/**/*.ts'];

// What people write is text. Nothing turns it, or anything else, into markup or code.
const NO_WAY_IN = [
  {
    selector: 'Identifier[name=/^bypassSecurityTrust/]',
    message: 'What people write is text. Nothing is worth switching the sanitiser off.',
  },
  {
    selector: 'AssignmentExpression > MemberExpression.left[property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
    message: 'Build elements, or let a template do it: the page refuses markup made of text.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|writeln)$/]',
    message: 'Build elements, or let a template do it: the page refuses markup made of text.',
  },
  {
    selector: 'CallExpression[callee.object.name="document"][callee.property.name="write"]',
    message: 'Build elements, or let a template do it: the page refuses markup made of text.',
  },
];

// The launcher is plain scripts outside every project; what starts the product for a test starts it as people do.
const LAUNCHER = ['^(\\.\\./)+tools/launcher/'];
const BOUNDARIES = {
  allow: LAUNCHER,
  banTransitiveDependencies: true,
  // The portal loads the course pages when somebody goes there, and so does what else it loads later and takes from them.
  checkDynamicDependenciesExceptions: ['^@course-chat/web/courses'],
};

export default tseslint.config(
  {
    ignores: [
      ...[
        '**/dist/',
        '**/node_modules/',
        '**/.nx/',
        '**/.angular/',
        '**/.data/',
        '**/tmp/',
        '**/coverage/',
        'docs/api/',
      ],
      ...['**/playwright-report/', '**/test-results/'],
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { plugins: { '@nx': nx } },

  {
    files: ['**/*.{ts,mjs,cjs,js}'],
    extends: [eslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'no-control-regex': 'off', // control characters are what validation looks for
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-syntax': ['error', ...NO_WAY_IN],
    },
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'fetch', 'URL', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Buffer']
          .concat([
            'structuredClone',
            'AbortSignal',
            'AbortController',
            'Headers',
            'Request',
            'Response',
            'TextEncoder',
            'TextDecoder',
          ])
          .concat(['require', 'module', 'exports', '__dirname', '__filename', 'globalThis', 'performance'])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['apps/portal/public/**/*.js'],
    languageOptions: {
      globals: { document: 'readonly', localStorage: 'readonly', navigator: 'readonly', window: 'readonly' },
    },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strict],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off', // Nest reads parameter types at run time
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-useless-constructor': 'off', // Nest injects by the parameters a class declares itself
    },
  },
  {
    // What only the types can tell.
    files: PRODUCT,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: PRODUCT,
    rules: {
      '@nx/enforce-module-boundaries': ['error', { ...BOUNDARIES, depConstraints }],
    },
  },
  {
    // A spec may use test tools; the house rules for what ships stay.
    files: SPECS,
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          ...BOUNDARIES,
          depConstraints: depConstraints.map(({ sourceTag, onlyDependOnLibsWithTags }) => ({
            sourceTag,
            onlyDependOnLibsWithTags,
          })),
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off', // a missing value fails the spec, which is the point
      '@typescript-eslint/no-floating-promises': 'off',
      'no-script-url': 'off', // what specs prove to be harmless
    },
  },

  {
    files: WEB,
    extends: [angular.configs.tsRecommended, ngrx.configs.store, ngrx.configs.effects, ngrx.configs.operators],
    processor: angular.processInlineTemplates,
    rules: {
      'no-console': ['error', { allow: ['warn', 'error'] }], // a browser has no other log
      '@typescript-eslint/no-invalid-void-type': 'off', // output<void>() is how an event without a value is written
      '@angular-eslint/prefer-signals': 'error',
      '@angular-eslint/prefer-output-readonly': 'error',
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'cc', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'cc', style: 'camelCase' }],
      '@ngrx/prefer-effect-callback-in-block-statement': 'off',
      '@ngrx/on-function-explicit-return-type': 'off', // createFeature infers the state; the compiler checks the keys
    },
  },
  {
    files: ['libs/web/**/*.spec.ts', 'apps/portal/**/*.spec.ts'],
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      '@angular-eslint/component-selector': 'off',
      '@ngrx/no-store-subscription': 'off',
    },
  },
  {
    files: ['libs/web/**/*.html', 'apps/portal/**/*.html', 'apps/gallery/**/*.html'],
    ignores: ['**/index.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/button-has-type': 'error',
      '@angular-eslint/template/no-positive-tabindex': 'error',
      '@angular-eslint/template/prefer-self-closing-tags': 'off',
      // The page's policy refuses style attributes; what Angular sets by name is no attribute.
      '@angular-eslint/template/no-inline-styles': ['error', { allowBindToStyle: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(BoundAttribute, TextAttribute)[name=/^(innerhtml|outerhtml|srcdoc)$/i]',
          message: 'What people write is text: interpolate it.',
        },
      ],
    },
  },
  prettier,
);
