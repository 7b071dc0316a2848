import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { isOwn, type Approval, type ApprovalState } from '../../server/approvals/approval.ts'
import { type Approvals } from '../../server/approvals/approvals.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Badge, type Tone } from '../badge.ts'
import { dayAndTime } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'

const refuseFields = { note: { label: 'approvals.note' } } as const satisfies Fields
const refuseSchema = Joi.object<{ note: string }>({ note: Joi.string().trim().max(1000).required() })

const signs: Readonly<Record<ApprovalState, readonly [Tone, IconName]>> = {
  waiting: ['warning', 'clock'],
  approved: ['done', 'done'],
  refused: ['danger', 'stopped'],
  expired: ['plain', 'clock'],
  withdrawn: ['plain', 'stopped'],
}

export function approvalBadge(state: ApprovalState, say: Say): Badge {
  const [tone, icon] = signs[state]
  return { text: say(`approval.state.${state}`), tone, icon }
}

/** What is asked for, in words. */
export function approvalWords({ kind, subject }: Pick<Approval, 'kind' | 'subject'>, say: Say): string {
  return kind === 'wipe'
    ? say('approvals.wipe', { label: subject.label })
    : say('approvals.other', { kind, label: subject.label })
}

/** What waits for a second person, and what became of earlier requests. */
export function approvalPages({ approvals }: { approvals: Approvals }): ServerRoute[] {
  const idOf = (request: Request) => String(request.params['id'])

  async function list(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, say } = reader
    const all = (await approvals.list(actor, { limit: 50 })).items
    const refusal = (approval: Approval) => {
      const isIt = shown.typed['id'] === approval.id
      return {
        ...formView(refuseFields, isIt ? shown.typed : {}, say, isIt ? shown.errors : []).fields.note,
        id: `note-${approval.id}`,
        isOpen: isIt,
      }
    }
    return showPage(request, h, 'approvals/list', {
      title: say('approvals.title'),
      problems: formView({}, {}, say, shown.errors),
      waiting: all
        .filter(({ state }) => state === 'waiting')
        .map(approval => ({
          ...shownApproval(approval, reader),
          mayDecide: approvals.mayDecide(actor, approval),
          isOwn: isOwn(approval, actor),
          note: refusal(approval),
        })),
      decided: all
        .filter(({ state }) => state !== 'waiting')
        .map(approval => shownApproval(approval, reader)),
      status: statusOf(shown),
    })
  }

  const options = needs('wipe.approve')
  return [
    { method: 'GET', path: '/approvals', options, handler: (request, h) => list(request, h) },
    {
      method: 'POST',
      path: '/approvals/{id}/approve',
      options,
      handler: async (request, h) => {
        await approvals.approve(readerOf(request).actor, idOf(request))
        return goTo(h, '/approvals', 'said.approved')
      },
    },
    {
      method: 'POST',
      path: '/approvals/{id}/refuse',
      options,
      handler: formHandler({
        schema: refuseSchema,
        fields: refuseFields,
        show: (request, h, shown) =>
          list(request, h, { ...shown, typed: { ...shown.typed, id: idOf(request) } }),
        act: async (request, h, { note }) => {
          await approvals.refuse(readerOf(request).actor, idOf(request), note)
          return goTo(h, '/approvals', 'said.refused')
        },
      }),
    },
    {
      method: 'POST',
      path: '/approvals/{id}/withdraw',
      options,
      handler: async (request, h) => {
        await approvals.withdraw(readerOf(request).actor, idOf(request))
        return goTo(h, '/approvals', 'said.withdrawn')
      },
    },
  ]
}

function shownApproval(approval: Approval, { say, language }: Reader) {
  const { decidedAt, decidedBy } = approval
  return {
    id: approval.id,
    what: approvalWords(approval, say),
    isWipe: approval.kind === 'wipe',
    caseHref: approval.subject.kind === 'incident' ? `/theft/${approval.subject.id}` : undefined,
    asked: say('approvals.asked', {
      when: dayAndTime(approval.requestedAt, language),
      name: approval.requestedBy.name,
    }),
    until: say('approvals.until', { when: dayAndTime(approval.expiresAt, language) }),
    reason: approval.reason,
    noteSaid: approval.note,
    state: approvalBadge(approval.state, say),
    decided:
      decidedAt && decidedBy
        ? say('approvals.by', { when: dayAndTime(decidedAt, language), name: decidedBy.name })
        : undefined,
  }
}
