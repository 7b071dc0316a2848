/** The promises of the product, each with the file that measures it. */
const benches: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  'device-polls': () => import('./device-polls.ts'),
  'theft-to-lock': () => import('./theft-to-lock.ts'),
  'fleet-command': () => import('./fleet-command.ts'),
  'sign-profile': () => import('./sign-profile.ts'),
  'roll-out': () => import('./roll-out.ts'),
  'device-list': () => import('./device-list.ts'),
  desk: () => import('./desk.ts'),
  memory: () => import('./memory.ts'),
  store: () => import('./store.ts'),
  'kill-9': () => import('./kill-9.ts'),
}

const name = process.argv[2] ?? ''
const bench = benches[name]
if (bench) await (await bench()).run()
else {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of ${Object.keys(benches).join(', ')}`)
  process.exitCode = 2
}
