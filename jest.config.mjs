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
  transform: { '\\.ts$': swc, '\\.tsx$': swcTsx },
  setupFiles: ['reflect-metadata'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.local/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/.local/'],
};
/**
 * Left out when suites run again on another engine (scripts/test.mjs): the simulator keeps no database, the scripts have
 * been tried by then, DingTalk's troubles and wrong settings are the same on any, and so are the effects at which a
 * process can die (`killed-worker` dies on both).
 */
const WITHOUT_SQL = [
  'test/simulator',
  'test/src/scripts',
  'test/src/fault/decision-faults',
  'test/src/fault/lasting-trouble',
  'test/src/fault/refused-start',
  'test/src/fault/kill',
  'server/src/dingtalk/(answer|malformed-answers|stream)',
].map((path) => `<rootDir>/${path}[/.]`);
const withoutSql = process.env.SHIGANG_TEST_SQL_ONLY === '1' ? WITHOUT_SQL : [];
const onServers = { ...base, setupFilesAfterEnv: ['<rootDir>/test/src/harness/jest-setup.ts'] };

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
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/shared/src/**/*.test.ts', '<rootDir>/miniapp/src/**/*.test.{ts,tsx}'],
    },
    {
      ...onServers,
      displayName: 'integration',
      testPathIgnorePatterns: [
        ...base.testPathIgnorePatterns,
        ...['<rootDir>/test/src/(acceptance|screens)/', ...withoutSql],
      ],
      testMatch: ['<rootDir>/{server,jobs,migrations}/src/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
    },
    {
      ...onServers,
      displayName: 'acceptance',
      testMatch: ['<rootDir>/test/src/acceptance/**/*.test.ts'],
    },
    {
      ...onServers,
      displayName: 'screens',
      testMatch: ['<rootDir>/test/src/screens/**/*.test.ts'],
    },
  ],
};
