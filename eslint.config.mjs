import tseslint from 'typescript-eslint';

const time = 'Time comes from an injected clock: its one home is server/src/platform/clock.ts.';
const random = 'Chance comes from an injected, seeded source.';

/** Calls that hide an input (time, chance) or lose precision; each has one home, listed at the end. */
const hiddenInputs = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: time },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: time },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: random },
  { selector: "CallExpression[callee.name='parseFloat']", message: 'Decimals are read by shared/money.' },
  {
    selector: "CallExpression[callee.object.name='Number'][callee.property.name='parseFloat']",
    message: 'Decimals are read by shared/money.',
  },
];
const withoutTime = hiddenInputs.filter((ban) => ban.message !== time);

const sizes = {
  'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
  'max-params': ['error', 4],
  'max-depth': ['error', 3],
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.local/**',
      'coverage/**',
      'miniapp/shell/**',
      '**/*.generated.*',
      'miniapp/src/api/generated.ts',
      '**/*.cjs',
      'examples/**',
      'docs/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...sizes,
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...hiddenInputs],
      // A module that is loaded when needed has its type named by `import()`.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // "_" says that a value is left aside on purpose.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // Handlers of one interface differ in whether they wait for anything.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNever: true },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    // A suite is one long list of cases; its length says nothing.
    files: ['**/*.test.{ts,tsx}', 'test/src/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      // The columns of a table of cases arrive as parameters.
      'max-params': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Screens are mark-up: longer than a rule, not deeper.
    files: ['miniapp/src/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: [
      'server/src/platform/clock.ts',
      'test/simulator/**/*.ts',
      'test/src/**/*.ts',
      'test/demo/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...withoutTime] },
  },
  {
    // A browser has no injected clock; what is measured or shown there is the person's own time.
    files: ['miniapp/src/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...withoutTime] },
  },
  {
    files: [
      'server/src/platform/log.ts',
      'test/simulator/**/*.ts',
      'test/src/bench/**/*.ts',
      'test/demo/**/*.ts',
      'scripts/**/*.{ts,mjs}',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{mjs,js}'],
    rules: {
      ...sizes,
      eqeqeq: ['error', 'always'],
      'no-undef': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      'prefer-const': 'error',
      'no-var': 'error',
    },
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'Buffer', 'URL', 'fetch', 'setTimeout', 'clearTimeout', 'setInterval']
          .concat([
            'clearInterval',
            'AbortSignal',
            'AbortController',
            'TextDecoder',
            'performance',
            'structuredClone',
          ])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    // Must parse on a Node that is too old, to be able to say so.
    files: ['scripts/node-version.js', 'scripts/*.js'],
    rules: { 'no-var': 'off' },
  },
);
