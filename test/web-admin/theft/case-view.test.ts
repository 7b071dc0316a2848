import test from 'ava'
import { taskKinds } from '../../../server/incidents/incident-task.ts'
import { deeds, phases, product, type Step } from '../../../server/incidents/timeline.ts'
import { sayIn } from '../../../web-admin/language.ts'
import { stepView, stepWords } from '../../../web-admin/theft/case-view.ts'

const steps: Step['what'][] = [
  ...deeds,
  ...taskKinds.flatMap(kind => phases.map(phase => `${kind}-${phase}` as const)),
]

test('every step of a case has words in both languages', t => {
  for (const what of steps) {
    for (const language of ['sv', 'en'] as const) {
      const words = stepWords(what, sayIn(language))
      t.not(words, what)
      t.notRegex(words, /[{}]/)
    }
  }
})

test('a step tells what, when to the second, who, and why it failed', t => {
  const at = new Date('2026-11-22T13:05:09Z')
  const step: Step = { at, what: 'lock-failed', by: product, detail: { error: 'Not supervised.' } }
  const view = stepView(step, 'sv')
  t.is(view.what, 'Förlorat läge: misslyckades')
  t.is(view.when, '22 nov. 2026 14:05:09 · Örnkoll')
  t.is(view.error, 'Not supervised.')
  t.is(view.tone, 'danger')
})
