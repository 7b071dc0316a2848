import { runSteps } from './steps.ts'

process.exitCode = (await runSteps(['types', 'lint', 'format'])) ? 0 : 1
