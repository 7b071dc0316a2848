import { type Say } from '../language.ts'

const parts = [
  'organisation',
  'staff',
  'single-sign-on',
  'tokens',
  'webhooks',
  'terms',
  'prices',
  'look',
  'push',
  'signing',
] as const

type SettingsPart = (typeof parts)[number]

/** Where a part of the settings is found. */
function pathOf(part: SettingsPart): string {
  return part === 'organisation' ? '/settings' : `/settings/${part}`
}

/** The row of links above every page of the settings; `here` is the one that is shown. */
export function settingsParts(here: SettingsPart, say: Say) {
  return parts.map(part => ({
    href: pathOf(part),
    text: say(`settings.${part}`),
    isHere: part === here,
  }))
}
