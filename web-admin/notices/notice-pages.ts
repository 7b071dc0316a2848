import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { needs } from '../../server/http/credentials.ts'
import { rhythms, type Choices } from '../../server/notices/notice-choices.ts'
import { type NoticeMail } from '../../server/notices/notice-mail.ts'
import { kindsFor, noticeKinds, noticeRights, type NoticeKind } from '../../server/notices/notice.ts'
import { type Notices } from '../../server/notices/notices.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'
import { goTo, showFragment, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { noticeIcons, noticeView } from './notice-view.ts'

interface NoticePagesDeps {
  readonly notices: Notices
  readonly noticeMail: NoticeMail
}

const mailSchema = Joi.object<Partial<Choices>>(
  Object.fromEntries(noticeKinds.map(kind => [kind, Joi.string().valid(...rhythms)])),
)

function mailFields(say: Say): Fields<NoticeKind> {
  const options = rhythms.map(value => ({ value, text: say(`notices.rhythm.${value}`) }))
  const field = (kind: NoticeKind) =>
    [kind, { label: `notices.of.${kind}`, type: 'select', options }] as const
  return Object.fromEntries(noticeKinds.map(field)) as unknown as Fields<NoticeKind>
}

const marking = Joi.object({ id: Joi.string().max(200), all: Joi.valid('yes') })

/** What waits for the one who is signed in, and the bell that counts it. */
export function noticePages({ notices, noticeMail }: NoticePagesDeps): ServerRoute[] {
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
      mailHref: noticeMail.isSet ? '/notifications/mail' : undefined,
      hasUnread: own.some(({ isRead }) => !isRead),
    })
  }

  async function mailForm(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say, may } = readerOf(request)
    const kinds = noticeKinds.filter(kind => kindsFor(noticeRights.filter(may)).includes(kind))
    const typed = shown?.typed ?? (await noticeMail.choices(actor))
    const form = formView(mailFields(say), typed, say, shown?.errors)
    return showPage(request, h, 'notices/mail', {
      title: say('notices.mail'),
      isSet: noticeMail.isSet,
      form,
      fields: kinds.map(kind => form.fields[kind]),
      status: statusOf(shown ?? { typed }),
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
    { method: 'GET', path: '/notifications/mail', options, handler: (request, h) => mailForm(request, h) },
    {
      method: 'POST',
      path: '/notifications/mail',
      options,
      handler: formHandler({
        schema: mailSchema,
        fields: mailFields,
        show: mailForm,
        act: async (request, h, choices) => {
          await noticeMail.choose(readerOf(request).actor, choices)
          return goTo(h, '/notifications/mail', 'said.notices-mail')
        },
      }),
    },
  ]
}
