import { type Plugin } from '@hapi/hapi'
import Joi from 'joi'
import { payloadOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { rhythms, type Choices } from './notice-choices.ts'
import { type NoticeMail } from './notice-mail.ts'
import { noticeKinds } from './notice.ts'
import { type Notices, type ShownNotice } from './notices.ts'

const tags = ['api', 'me']
const mostMarked = 200

const marking = Joi.object({
  ids: Joi.array().items(Joi.string().max(200)).min(1).max(mostMarked),
  all: Joi.boolean().valid(true),
})
  .xor('ids', 'all')
  .messages({
    'object.missing': 'Give the notices, or all.',
    'object.xor': 'Give the notices, or all.',
  })

const choosing = Joi.object(
  Object.fromEntries(noticeKinds.map(kind => [kind, Joi.string().valid(...rhythms)])),
)

/** `/api/v1/me/notices`: what waits for the person who asks. */
export function noticeRoutes(notices: Notices, mail: NoticeMail): Plugin<void> {
  return {
    name: 'notice-routes',
    register(server) {
      server.route([
        {
          method: 'GET',
          path: '/api/v1/me/notices',
          options: { ...needs('organisation.read'), tags },
          handler: async request => ({
            items: (await notices.list(actorOf(request))).map(shown),
            next: null,
          }),
        },
        {
          method: 'POST',
          path: '/api/v1/me/notices/read',
          options: { ...needs('organisation.read'), tags, validate: { payload: marking } },
          handler: async request => {
            const { ids } = payloadOf<{ ids?: readonly string[] }>(request)
            await notices.markRead(actorOf(request), ids ?? 'all')
            return notices.counts(actorOf(request))
          },
        },
        {
          method: 'GET',
          path: '/api/v1/me/notices/mail',
          options: { ...needs('organisation.read'), tags },
          handler: async request => ({ isSet: mail.isSet, choices: await mail.choices(actorOf(request)) }),
        },
        {
          method: 'PUT',
          path: '/api/v1/me/notices/mail',
          options: { ...needs('organisation.read'), tags, validate: { payload: choosing } },
          handler: async request => ({
            isSet: mail.isSet,
            choices: await mail.choose(actorOf(request), payloadOf<Partial<Choices>>(request)),
          }),
        },
      ])
    },
  }
}

/** Without the request itself: what people wrote in it is for those who decide it, on its own page. */
const shown = ({ id, kind, variant, label, href, at, on, count, isRead }: ShownNotice) => ({
  id,
  kind,
  variant,
  label,
  href,
  at,
  isRead,
  ...(on !== undefined && { on }),
  ...(count !== undefined && { count }),
})
