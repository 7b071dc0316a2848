import { type Request, type ResponseToolkit } from '@hapi/hapi'
import { languageOf, sayIn } from '../language.ts'
import { showPage } from '../page.ts'
import { type TextKey } from '../texts/texts.ts'

/** The page of a link that opens nothing any more. */
export function spentLink(request: Request, h: ResponseToolkit, reason: TextKey) {
  const say = sayIn(languageOf(request))
  return showPage(request, h, 'errors/refusal', {
    title: say('error.404.title'),
    reason: say(reason),
    back: '/sign-in',
    backText: say('error.to-sign-in'),
    layout: 'plain',
    status: 404,
  })
}
