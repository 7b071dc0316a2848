// Two cores are usual where this runs: more workers at once only make servers and browsers wait for each other.
export default {
  extensions: ['ts'],
  files: ['test/**/*.test.ts'],
  concurrency: 2,
  timeout: '120s',
}
