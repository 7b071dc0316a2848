import { type ServerRoute } from '@hapi/hapi'
import { type Organisation } from '../../server/organisations/organisation.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { day } from '../dates.ts'
import { languageOf, sayIn } from '../language.ts'
import { showPage } from '../page.ts'

interface AccessibilityPagesDeps {
  readonly organisations: Pick<Organisations, 'get' | 'only'>
}

/** What holds, each with words under `accessibility.works.`. */
const works = ['keyboard', 'zoom', 'contrast', 'forms', 'sign', 'motion'] as const
/** Known faults: remove one here when it is mended, add one when it is found. */
const fails = ['plot', 'files', 'people'] as const

/** Where complaints go that the municipality has not met. */
const supervisor = 'https://www.digg.se/tdosanmalan'

/** The statement that the law asks for (2018:1937, section 13): open to everybody, signed in or not. */
export function accessibilityPages({ organisations }: AccessibilityPagesDeps): ServerRoute[] {
  return [
    {
      method: 'GET',
      path: '/accessibility',
      options: { auth: { mode: 'try', strategies: ['session'] } },
      handler: async (request, h) => {
        const language = languageOf(request)
        const say = sayIn(language)
        const app = request.auth.isAuthenticated ? request.auth.credentials.app : undefined
        const isAtDesk = app !== undefined && app.session?.lentFor === undefined
        // Open to everybody: where there is one organisation alone it is known whose statement it is.
        const organisation = isAtDesk ? await organisations.get(app.actor) : await organisations.only()
        const reviewedOn = organisation?.settings.accessibilityReviewedOn
        return showPage(request, h, 'accessibility/statement', {
          title: say('accessibility.title'),
          layout: isAtDesk ? 'desk' : 'plain',
          isWidePlain: true,
          works: works.map(one => say(`accessibility.works.${one}`)),
          fails: [
            ...fails.map(one => say(`accessibility.fails.${one}`)),
            ...(organisation?.settings.accessibilityFaults ?? []),
          ],
          organisation:
            isAtDesk && organisation
              ? say('accessibility.tell.organisation', { name: organisation.name })
              : undefined,
          contact: organisation && contactOf(organisation),
          reviewed: reviewedOn
            ? say('accessibility.reviewed', { name: organisation.name, on: day(reviewedOn, language) })
            : undefined,
          supervisor,
          back: isAtDesk ? undefined : '/sign-in',
        })
      },
    },
  ]
}

/** Whom to tell; undefined until the organisation has said. */
function contactOf({ name, settings }: Organisation) {
  const { accessibilityEmail: email, accessibilityPhone: phone } = settings
  return email || phone ? { name, email, phone, dial: phone.replace(/[^+\d]/g, '') } : undefined
}
