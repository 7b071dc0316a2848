import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { needs } from '../../server/http/credentials.ts'
import {
  pricedThings,
  type Language,
  type Organisation,
  type PricedThing,
  type Prices,
} from '../../server/organisations/organisation.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { formView, type Field } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { kronor, oreFrom, typedKronor } from '../money.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
import { sayIn } from '../language.ts'
import { settingsParts } from './settings-parts.ts'

export interface PricePagesDeps {
  readonly organisations: Pick<Organisations, 'get' | 'edit'>
}

const fields = Object.fromEntries(
  pricedThings.map(thing => [
    thing,
    { label: `price.${thing}`, inputmode: 'decimal', optional: true, autocomplete: 'off' },
  ]),
) as unknown as Record<PricedThing, Field>

/** Kronor as they are typed, as öre; an empty field is no price. */
const price = Joi.string()
  .trim()
  .empty('')
  .custom((typed: string, { error }) => {
    const ore = oreFrom(typed)
    return ore === undefined || ore < 0 || ore > 10_000_000 ? error('money') : ore
  })
  .messages({ money: '{{#label}} is no amount' })

const schema = Joi.object<Prices & { version: number }>({
  ...Object.fromEntries(pricedThings.map(thing => [thing, price])),
  version: Joi.number().integer().default(0),
})

/** What a borrower may have to pay for: shown where a case is decided. */
export function pricePages({ organisations }: PricePagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const typed = shown?.typed ?? typedPrices(await organisations.get(actor))
    const form = formView<PricedThing>(fields, typed, say, shown?.errors)
    return showPage(request, h, 'settings/prices', {
      title: say('settings.prices'),
      parts: settingsParts('prices', say),
      form,
      all: pricedThings.map(thing => form.fields[thing]),
      version: typed['version'],
      seen: seenText(typed),
      theirs: shown?.theirs,
      status: statusOf(shown ?? { typed }),
    })
  }

  const options = needs('organisation.write')
  return [
    { method: 'GET', path: '/settings/prices', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/settings/prices',
      options,
      handler: formHandler({
        schema,
        fields,
        show,
        current: async request => typedPrices(await organisations.get(readerOf(request).actor)),
        act: async (request, h, { version, ...prices }) => {
          await organisations.edit(readerOf(request).actor, { version, settings: { prices } })
          return goTo(h, '/settings/prices', 'said.prices-saved')
        },
      }),
    },
  ]
}

/** The prices as their form holds them. */
function typedPrices({ settings, version }: Pick<Organisation, 'settings' | 'version'>): Typed {
  const stored = Object.entries(settings.prices).map(
    ([thing, ore]) => [thing, typedKronor(ore ?? 0)] as const,
  )
  return { ...Object.fromEntries(stored), version }
}

/** The price list in one line, for whoever decides what somebody pays; empty where there are no prices. */
export function priceList(prices: Prices, language: Language): string {
  const say = sayIn(language)
  return pricedThings
    .flatMap(thing => {
      const ore = prices[thing]
      return ore === undefined ? [] : [`${say(`price.${thing}`)} ${kronor(ore, language)}`]
    })
    .join(' · ')
}
