const { paths } = require('./tsconfig.base.json').compilerOptions;

/** What every project shares: where it stands, what a spec is, and the libraries by name. */
function shared(projectRoot, displayName) {
  return {
    displayName,
    rootDir: __dirname,
    roots: [projectRoot],
    testMatch: ['**/*.spec.ts'],
    moduleNameMapper: Object.fromEntries(
      Object.entries(paths).map(([name, [file]]) => [`^${name}$`, `<rootDir>/${file.replace('./', '')}`]),
    ),
    cacheDirectory: '<rootDir>/tmp/jest',
    extensionsToTreatAsEsm: [],
  };
}

/** A project that runs in Node: contracts, the api, the tools. */
exports.node = (projectRoot, displayName) => ({
  ...shared(projectRoot, displayName),
  testEnvironment: 'node',
  globalSetup: '<rootDir>/tools/testing/jest-global-setup.cjs',
  globalTeardown: '<rootDir>/tools/testing/jest-global-teardown.cjs',
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      {
        tsconfig: {
          ...require('./tsconfig.base.json').compilerOptions,
          module: 'commonjs',
          moduleResolution: 'bundler',
          noEmit: false,
          paths: undefined,
          rootDir: undefined,
          types: ['jest', 'node'],
        },
        diagnostics: { exclude: ['**'] },
      },
    ],
  },
});

/**
 * A project that runs in a browser: specs see jsdom and Angular's compiler. Packages of ES modules are left as they are:
 * Jest loads them natively, so only our own sources and templates are compiled.
 */
exports.browser = (projectRoot, displayName) => ({
  ...shared(projectRoot, displayName),
  testEnvironment: '<rootDir>/tools/testing/jsdom-environment.cjs',
  setupFilesAfterEnv: ['<rootDir>/tools/testing/setup-angular.ts'],
  moduleFileExtensions: ['ts', 'html', 'js', 'mjs', 'json'],
  transform: {
    '^.+\\.(ts|html|svg)$': [
      'jest-preset-angular',
      { tsconfig: '<rootDir>/tsconfig.spec.json', stringifyContentPathRegex: '\\.(html|svg)$' },
    ],
  },
  snapshotSerializers: [
    'jest-preset-angular/build/serializers/html-comment',
    'jest-preset-angular/build/serializers/ng-snapshot',
    'jest-preset-angular/build/serializers/no-ng-attributes',
  ],
});
