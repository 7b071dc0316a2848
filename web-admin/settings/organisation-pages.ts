import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { checkFresh } from '../../server/http/fresh-sign-in.ts'
import { loosens } from '../../server/organisations/organisation.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import {
  changesFrom,
  organisationFields,
  organisationSchema,
  typedOrganisation,
} from './organisation-form.ts'
import { roleChoices } from './role-choices.ts'
import { settingsParts } from './settings-parts.ts'

export interface OrganisationPagesDeps {
  readonly organisations: Pick<Organisations, 'get' | 'edit'>
  readonly clock: Clock
}

/** The organisation itself: its name, what a stolen iPad says, whether a wipe needs two. */
export function organisationPages({ organisations, clock }: OrganisationPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const organisation = await organisations.get(actor)
    const typed = shown?.typed ?? { ...typedOrganisation(organisation) }
    return showPage(request, h, 'settings/organisation', {
      title: say('settings.title'),
      parts: settingsParts('organisation', say),
      form: formView(organisationFields(say), typed, say, shown?.errors),
      version: typed['version'],
      seen: seenText(typed),
      theirs: shown?.theirs,
      choices: roleChoices(typed['secondFactorFor'], say),
      isPasswordEnough: organisation.settings.secondFactorFor.length === 0,
      isAlone: !organisation.settings.fourEyes,
      status: statusOf(shown ?? { typed }),
    })
  }

  const options = needs('organisation.write')
  return [
    { method: 'GET', path: '/settings', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/settings',
      options,
      handler: formHandler({
        schema: organisationSchema,
        fields: organisationFields,
        show,
        current: async request => ({
          ...typedOrganisation(await organisations.get(readerOf(request).actor)),
        }),
        act: async (request, h, typed) => {
          const { actor } = readerOf(request)
          const wanted = changesFrom(typed)
          if (loosens(await organisations.get(actor), wanted)) checkFresh(request, clock.now())
          await organisations.edit(actor, wanted)
          return goTo(h, '/settings', 'said.organisation-saved')
        },
      }),
    },
  ]
}
