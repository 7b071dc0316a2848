import { type ServerRoute } from '@hapi/hapi'
import { needs } from '../../server/http/credentials.ts'
import { type Badge, type Tone } from '../badge.ts'
import { formView, type Fields } from '../form.ts'
import { iconNames } from '../icons.ts'
import { type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { contrast, pairs, readTokens, type Palette } from './tokens.ts'

const fields = {
  name: { label: 'design.field.text', hint: 'design.field.hint' },
  wrong: { label: 'design.field.wrong' },
  optional: { label: 'design.field.optional', optional: true },
  day: { label: 'design.field.day', type: 'date', optional: true },
  long: { label: 'design.field.long', type: 'textarea', rows: 2, optional: true },
  choice: { label: 'design.field.choice', type: 'select', optional: true },
  yes: { label: 'design.field.yes', type: 'checkbox', optional: true },
} as const satisfies Fields

const tones = ['plain', 'done', 'info', 'warning', 'danger'] as const satisfies readonly Tone[]
const signs = { plain: 'stopped', done: 'done', info: 'clock', warning: 'warning', danger: 'theft' } as const

/** What the pages are made of, shown with the partials and style sheets that every other page uses. */
export function designPages(): ServerRoute[] {
  const palette = readTokens()
  return [
    {
      method: 'GET',
      path: '/design',
      options: needs('organisation.read'),
      handler: (request, h) => {
        const { say } = readerOf(request)
        const options = [
          { value: 'a', text: say('design.field.option') },
          { value: 'b', text: say('design.field.other') },
        ]
        const wrong = [{ path: 'wrong', message: say('design.field.words') }]
        const typed = { name: say('design.sample'), choice: 'a', yes: true }
        const shown = { ...fields, choice: { ...fields.choice, options } }
        return showPage(request, h, 'design/design', {
          title: say('design.title'),
          form: formView(shown, typed, say, wrong),
          colours: coloursOf(palette),
          contrasts: contrastsOf(palette),
          badges: tones.map(tone => badgeOf(tone, say)),
          notices: tones.map(tone => ({ tone, icon: signs[tone], text: say(`design.notice.${tone}`) })),
          icons: iconNames,
          code: 'DMPX12AB34CD',
          parts: [
            { href: '/design', text: say('design.part.here'), isHere: true },
            { href: '/design', text: say('design.part.other'), isHere: false },
          ],
          shown: say('list.showing', { count: 2 }),
          nextHref: '/design',
        })
      },
    },
  ]
}

const badgeOf = (tone: Tone, say: Say): Badge => ({
  tone,
  icon: signs[tone],
  text: say(`design.tone.${tone}`),
})

function coloursOf({ light, dark }: Palette) {
  return Object.entries(light)
    .filter(([, value]) => value.startsWith('#'))
    .map(([name, value]) => ({ name, light: value, dark: dark[name] ?? value }))
}

function contrastsOf({ light, dark }: Palette) {
  const ratio = (tokens: Palette['light'], front: string, back: string) =>
    contrast(tokens[front] ?? '', tokens[back] ?? '').toFixed(1)
  return pairs.map(([front, back, least]) => ({
    front,
    back,
    least: least.toFixed(1),
    light: ratio(light, front, back),
    dark: ratio(dark, front, back),
  }))
}
