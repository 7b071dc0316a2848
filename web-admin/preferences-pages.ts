import { type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { goTo, ownPath } from './page.ts'

/** Language and light or dark, kept on this browser; open, because they matter before signing in too. */
export function preferencesPages(): ServerRoute[] {
  return [
    {
      method: 'POST',
      path: '/preferences',
      options: {
        auth: false,
        validate: {
          payload: Joi.object({
            language: Joi.valid('sv', 'en'),
            theme: Joi.valid('light', 'dark'),
            back: Joi.string().max(500),
          }),
        },
      },
      handler: (request, h) => {
        const { language, theme, back } = request.payload as Record<string, string | undefined>
        if (language) h.state('language', language)
        if (theme) h.state('theme', theme)
        return goTo(h, ownPath(back))
      },
    },
  ]
}
