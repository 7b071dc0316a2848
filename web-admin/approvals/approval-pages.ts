import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { isOwn, type Approval } from '../../server/approvals/approval.ts'
import { type Approvals } from '../../server/approvals/approvals.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { dayAndTime } from '../dates.ts'
import { formView, withPrefix, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf, type Reader, type Typed } from '../reader.ts'
import { approvalBadge, approvalWords, subjectHref } from './approval-words.ts'

const refuseFields = { note: { label: 'approvals.note' } } as const satisfies Fields
const refuseSchema = Joi.object<{ note: string }>({ note: Joi.string().trim().max(1000).required() })

/** More never wait at once: each names a thing, and people decide within days. */
const mostWaiting = 200
const pageSize = 50

/** What waits for a second person, and what became of earlier requests. */
export function approvalPages({ approvals }: { approvals: Approvals }): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, say } = reader
    const after = textOf(request.query['after'])
    const waiting = await approvals.list(actor, { state: 'waiting', limit: mostWaiting })
    const standing = await approvals.standingOf(actor)
    const earlier = await approvals.list(actor, { limit: pageSize, ...(after && { after }) })
    const decided = earlier.items.filter(({ state }) => state !== 'waiting')
    const refusal = (approval: Approval) => {
      const isIt = shown.typed['id'] === approval.id
      const form = formView(refuseFields, isIt ? shown.typed : {}, say, isIt ? shown.errors : [])
      return { ...withPrefix(form, approval.id).fields.note, isOpen: isIt }
    }
    return showPage(request, h, 'approvals/list', {
      title: say('approvals.title'),
      problems: withPrefix(formView(refuseFields, {}, say, shown.errors), textOf(shown.typed['id'])),
      waiting: waiting.items.map(approval => ({
        ...shownApproval(approval, reader),
        mayDecide: standing(approval) === 'may',
        isOwnAccount: standing(approval) === 'own-account',
        isOwn: isOwn(approval, actor),
        note: refusal(approval),
      })),
      decided: decided.map(approval => shownApproval(approval, reader)),
      shown: say('list.showing', { count: decided.length }),
      nextHref: earlier.next === null ? undefined : `/approvals?after=${encodeURIComponent(earlier.next)}`,
      firstHref: after === '' ? undefined : '/approvals',
      status: statusOf(shown),
    })
  }

  const decide = needs('approvals.decide')
  const look = needs('approvals.read')
  return [
    { method: 'GET', path: '/approvals', options: look, handler: (request, h) => list(request, h) },
    {
      method: 'POST',
      path: '/approvals/{id}/approve',
      options: decide,
      handler: async (request, h) => {
        const version = Number(textOf((request.payload as Typed | null)?.['version'])) || undefined
        await approvals.approve(readerOf(request).actor, idOf(request), undefined, version)
        return goTo(h, '/approvals', 'said.approved')
      },
    },
    {
      method: 'POST',
      path: '/approvals/{id}/refuse',
      options: decide,
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
      options: look,
      handler: async (request, h) => {
        await approvals.withdraw(readerOf(request).actor, idOf(request))
        return goTo(h, '/approvals', 'said.withdrawn')
      },
    },
  ]
}

function shownApproval(approval: Approval, { say, language }: Reader) {
  const { decidedAt, decidedBy, facts } = approval
  const lately = facts?.['lately']
  return {
    id: approval.id,
    version: approval.version,
    ...approvalWords(approval, say),
    subjectHref: subjectHref(approval),
    asked: say('approvals.asked', {
      when: dayAndTime(approval.requestedAt, language),
      name: approval.requestedBy.name,
    }),
    lately: typeof lately === 'number' ? say('approvals.lately', { count: lately }) : undefined,
    until: say('approvals.until', { when: dayAndTime(approval.expiresAt, language) }),
    reason: approval.reason,
    noteSaid: approval.note,
    state: approvalBadge(approval.state, say),
    decided:
      decidedAt && decidedBy
        ? say('approvals.by', { when: dayAndTime(decidedAt, language), name: decidedBy.name })
        : decidedAt && dayAndTime(decidedAt, language),
  }
}
