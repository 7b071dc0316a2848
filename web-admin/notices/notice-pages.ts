import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { needs } from '../../server/http/credentials.ts'
import { noticeKinds } from '../../server/notices/notice.ts'
import { type Notices } from '../../server/notices/notices.ts'
import { goTo, showFragment, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { noticeIcons, noticeView } from './notice-view.ts'

export interface NoticePagesDeps {
  readonly notices: Notices
}

const marking = Joi.object({ id: Joi.string().max(200), all: Joi.valid('yes') })

/** What waits for the one who is signed in, and the bell that counts it. */
export function noticePages({ notices }: NoticePagesDeps): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const own = await notices.list(actor)
    const groups = noticeKinds.flatMap(kind => {
      const items = own.filter(notice => notice.kind === kind).map(notice => noticeView(notice, language))
      return items.length > 0
        ? [{ kind, icon: noticeIcons[kind], title: say(`notices.of.${kind}`), items }]
        : []
    })
    return showPage(request, h, 'notices/list', {
      title: say('notices.title'),
      groups,
      hasUnread: own.some(({ isRead }) => !isRead),
    })
  }

  const options = needs('organisation.read')
  return [
    { method: 'GET', path: '/notifications', options, handler: list },
    {
      method: 'GET',
      path: '/notifications/bell',
      options,
      handler: (request, h) => showFragment(request, h, 'notices/bell'),
    },
    {
      method: 'POST',
      path: '/notifications/read',
      options: { ...options, validate: { payload: marking } },
      handler: async (request, h) => {
        const { id, all } = request.payload as { id?: string; all?: 'yes' }
        await notices.markRead(readerOf(request).actor, all ? 'all' : [id ?? ''])
        return goTo(h, '/notifications')
      },
    },
  ]
}
