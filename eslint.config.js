import js from '@eslint/js'
import ava from 'eslint-plugin-ava'
import tseslint from 'typescript-eslint'

/** Rules of the field: values in, values out. Time, ids, files and sockets reach them as arguments. */
const pureFiles = [
  'profiles/**/*.ts',
  'mdm/**/!(apns-*).ts',
  'server/!(http|database|jobs|certificates|backup|metrics|migrations)/!(mongo-*|*-routes|*-jobs|main|compose*).ts',
]

export default tseslint.config(
  { ignores: ['node_modules', 'data', 'data-demo', 'artifacts', 'web-admin/public'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'max-params': ['error', 4],
      complexity: ['warn', 10],
      'max-lines': ['warn', 250],
    },
  },
  {
    files: pureFiles,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            'mongoose',
            'mongodb',
            'agenda',
            'node:http',
            'node:http2',
            'node:https',
            'node:fs',
            'node:fs/promises',
            'node:net',
            'node:tls',
          ],
          patterns: ['@hapi/*', '@agendajs/*'],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take `now` as an argument.' },
        { object: 'Math', property: 'random', message: 'Take randomness as an argument.' },
        { object: 'process', property: 'env', message: 'Settings are read once, in main.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take `now` as an argument.',
        },
      ],
    },
  },
  // Mongoose types its schema literals as `any` classes.
  {
    files: ['server/**/mongo-*.ts', 'server/database/tables.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  // A command line speaks on the console; nothing else does.
  { files: ['scripts/**/*.ts', 'scripts/**/*.js'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.test.ts'],
    plugins: { ava },
    rules: {
      'ava/no-only-test': 'error',
      'ava/no-skip-test': 'error',
      'ava/no-identical-title': 'error',
      'ava/no-async-fn-without-await': 'off',
      'max-lines': 'off',
    },
  },
  {
    files: ['scripts/launch.js', 'scripts/bundle.js', 'eslint.config.js', 'ava.config.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
)
