import test from 'ava'
import { type Finding } from '../../../profiles/validation/finding.ts'
import { sayIn } from '../../../web-admin/language.ts'
import { findingAt, worstFirst } from '../../../web-admin/profiles/finding-view.ts'

const finding = (severity: Finding['severity'], words: string): Finding => ({
  severity,
  code: 'weak',
  place: { path: [] },
  words: [words, words],
})

test('the place of a finding is named once', t => {
  const at = (words: string) => findingAt(finding('error', words), 'Topic', 'en', sayIn('en')).at
  t.is(at('Topic (PushTopic) is missing.'), '')
  t.is(at('Give it.'), 'Topic')
})

test('what keeps a profile from approval stands before what only some iPads lack', t => {
  const found = [finding('unavailable', 'a'), finding('warning', 'b'), finding('error', 'c')]
  t.deepEqual(
    worstFirst(found).map(({ severity }) => severity),
    ['error', 'unavailable', 'warning'],
  )
})
