import { PROJECTS } from './scripts/tests/suites.mjs';

// Tests run as CommonJS through swc; the same sources run as ESM in production. `shigang-source` resolves a
// workspace to its TypeScript source, so that no build has to come before the tests.
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true, tsx: false },
      transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
    },
    module: { type: 'commonjs' },
  },
];
const swcTsx = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true, tsx: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: false,
        useDefineForClassFields: false,
        react: { runtime: 'automatic', importSource: 'preact' },
      },
    },
    module: { type: 'commonjs' },
  },
];

const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['shigang-source', 'node', 'node-addons'] },
  moduleNameMapper: { '^fast-check$': '<rootDir>/test/fast-check.cjs' },
  transform: { '\\.ts$': swc, '\\.tsx$': swcTsx },
  setupFiles: ['reflect-metadata'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.local/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/.local/'],
};
/**
 * Left out when suites run again on another engine (scripts/test.mjs), since there they would show the same once more: the
 * simulator keeps no database, nor do files, workbooks and the oracle of the demo; the scripts have been tried by then;
 * DingTalk's troubles and wrong settings are the same on any, and so are the effects at which a process can die
 * (`killed-worker` dies on both). Screens and the acceptance stories are told once: `security/matrix` and `fault` open the
 * same house of processes and tell the demo's story on this engine too.
 */
const WITHOUT_SQL = [
  'test/simulator',
  'test/src/(docs|names|scripts)',
  'test/src/demo/(crm|examples|stories|workbook)',
  'test/src/fault/decision-faults',
  'test/src/fault/lasting-trouble',
  'test/src/fault/refused-start',
  'test/src/fault/kill',
  'server/src/dingtalk/(calling/answer|malformed-answers|stream)',
  'server/src/modules/(intake/parse|sync/plan-org)',
].map((path) => `<rootDir>/${path}[/.]`);
const withoutSql = process.env.SHIGANG_TEST_SQL_ONLY === '1' ? WITHOUT_SQL : [];
const onServers = { ...base, setupFilesAfterEnv: ['<rootDir>/test/src/harness/jest-setup.ts'] };

/** jest holds the pattern against whole paths, and puts no <rootDir> into it. */
const root = base.rootDir.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const suites = (project) => [`^${root}/${PROJECTS[project]}$`];

/**
 * `unit` needs no server, `integration` MySQL and Redis, `acceptance` those and Chromium, `screens` Chromium alone. The
 * last two come after the others (scripts/test.mjs).
 */
export default {
  globalSetup: '<rootDir>/test/run-begins.mjs',
  globalTeardown: '<rootDir>/test/run-ends.mjs',
  reporters: ['default', '<rootDir>/test/reporter.mjs'],
  collectCoverageFrom: ['shared/src/**/*.ts', '!**/*.test.ts', '!**/index.ts'],
  coverageDirectory: '.local/coverage',
  // ts-only counts: declarations without code (types) have no branches to reach.
  coverageThreshold: { global: { branches: 95 } },
  testSequencer: '<rootDir>/test/slowest-first.mjs',
  projects: [
    { ...base, displayName: 'unit', testRegex: suites('unit') },
    {
      ...onServers,
      displayName: 'integration',
      testRegex: suites('integration'),
      testPathIgnorePatterns: [...base.testPathIgnorePatterns, ...withoutSql],
    },
    { ...onServers, displayName: 'acceptance', testRegex: suites('acceptance') },
    { ...onServers, displayName: 'screens', testRegex: suites('screens') },
  ],
};
