/** The walk takes longest: what begins last keeps one core waiting for it at the end. */
const longest = /every-page-in-browser\.test\.ts$/

// Two cores are usual where this runs: more workers at once only make servers and browsers wait for each other.
export default {
  extensions: ['ts'],
  files: ['test/**/*.test.ts'],
  sortTestFiles: (one, other) =>
    Number(longest.test(other)) - Number(longest.test(one)) || one.localeCompare(other, 'en'),
  concurrency: 2,
  timeout: '120s',
}
