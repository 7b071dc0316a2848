import { loanStates } from '../../server/loans/loan.ts'
import { bodyTypes } from '../../server/bodies/body.ts'
import { lifecycles } from '../../server/devices/device.ts'
import { incidentKinds, incidentStates } from '../../server/incidents/incident.ts'
import { type Found, type FoundGroup, type FoundKind } from '../../server/search/search.ts'
import { type Right } from '../../server/staff/rights.ts'
import { type Badge } from '../badge.ts'
import { lifecycleBadge } from '../devices/device-state.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'
import { type Reader } from '../reader.ts'
import { loanBadge } from '../loans/loan-state.ts'
import { caseBadge } from '../theft/case-state.ts'

const icons: Readonly<Record<FoundKind, IconName>> = {
  device: 'tablet',
  person: 'people',
  loan: 'hand-out',
  case: 'theft',
  body: 'body',
}

/** The page of what was found; a body has one for those alone who may change it. */
export function foundHref({ kind, id, deviceId = id }: Found, may: (right: Right) => boolean): string {
  switch (kind) {
    case 'device':
      return `/devices/${id}`
    case 'person':
      return `/people/${id}`
    case 'loan':
      return `/devices/${deviceId}`
    case 'case':
      return `/theft/${id}`
    case 'body':
      return may('bodies.write') ? `/bodies/${id}` : '/bodies'
  }
}

/** Where the rest of a kind is listed; undefined where no list takes a search. */
function moreHref(kind: FoundKind, q: string): string | undefined {
  const query = new URLSearchParams({ q }).toString()
  if (kind === 'device') return `/devices?${query}`
  return kind === 'person' ? `/people?${query}` : undefined
}

/** A group of hits as the page shows it. */
export function groupView({ kind, items, isMore }: FoundGroup, q: string, reader: Words) {
  const { say } = reader
  return {
    kind,
    icon: icons[kind],
    title: say(`search.kind.${kind}`),
    items: items.map(found => hitView(found, reader)),
    moreHref: isMore ? moreHref(kind, q) : undefined,
  }
}

type Words = Pick<Reader, 'say' | 'may'>

function hitView(found: Found, { say, may }: Words) {
  const { kind, label, isExact } = found
  return {
    href: foundHref(found, may),
    icon: icons[kind],
    label,
    isExact,
    detail: detailOf(found, say),
    badge: badgeOf(found, say),
  }
}

/** Hits for the list under the field, as a script reads them. */
export function suggestionView(found: Found, { say, may }: Words) {
  const { kind, label } = found
  const detail = [say(`search.kind.${kind}`), detailOf(found, say)].filter(Boolean).join(' · ')
  return { href: foundHref(found, may), label, detail }
}

function detailOf({ kind, detail, state }: Found, say: Say): string {
  if (kind === 'case') {
    const known = incidentKinds.find(one => one === detail)
    return known ? say(`case.kind.${known}`) : detail
  }
  const type = kind === 'body' ? bodyTypes.find(one => one === state) : undefined
  return [type && say(`body.type.${type}`), detail].filter(Boolean).join(' · ')
}

function badgeOf({ kind, state }: Found, say: Say): Badge | undefined {
  const lifecycle = kind === 'device' ? lifecycles.find(one => one === state) : undefined
  if (lifecycle) return lifecycleBadge(lifecycle, say)
  const loan = kind === 'loan' ? loanStates.find(one => one === state) : undefined
  if (loan) return loanBadge({ state: loan }, false, say)
  const incident = kind === 'case' ? incidentStates.find(one => one === state) : undefined
  return incident && caseBadge(incident, say)
}
