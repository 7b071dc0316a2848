import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Policies } from '../../server/policies/policies.ts'
import { type SecurityPolicy } from '../../server/policies/policy.ts'
import { answerableId } from '../../server/staff/actor.ts'
import { day, dayAndTime } from '../dates.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { sayIn } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
import { createShortList } from '../tables/short-list.ts'
import { approvalBadge } from './finding-view.ts'
import { policyColumns } from './policy-columns.ts'
import { checklistRows, policyFields, policySchema, readChecklist, typedChecklist } from './policy-form.ts'
import { profileParts } from './profile-parts.ts'

interface PolicyPagesDeps {
  readonly policies: Pick<Policies, 'list' | 'get' | 'write' | 'approve'>
  readonly audit: Audit
}

/** The security policy: its versions, a new one with its checklist, and the approval by another person (R10, R13). */
export function policyPages({ policies, audit }: PolicyPagesDeps): ServerRoute[] {
  const listed = createShortList<SecurityPolicy>({
    name: 'policies',
    path: '/profiles/policies',
    title: 'policies.title',
    audit,
    columnsFor: ({ language }) => policyColumns(language),
    rowsFor: ({ actor }) => policies.list(actor),
    idOf: ({ id }) => id,
    options: needs('policies.read'),
  })

  async function list(request: Request, h: ResponseToolkit) {
    const { say, may } = readerOf(request)
    return showPage(request, h, 'profiles/policies', {
      title: say('policies.title'),
      parts: profileParts('/profiles/policies', say),
      list: await listed.view(request),
      mayWrite: may('policies.write'),
    })
  }

  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, say, language, may } = readerOf(request)
    const policy = await policies.get(actor, idOf(request))
    return showPage(request, h, 'profiles/policy', {
      ...policyView(policy, language),
      title: policy.title,
      text: policy.text,
      checklist: policy.checklist.map(line => ({
        ...line,
        answer: say(`policy.answer.${line.answer}`),
        signedOn: day(line.signedOn, language),
      })),
      isDraft: policy.approval === undefined && may('policies.approve'),
      isOwn: policy.writtenBy.id === answerableId(actor),
      form: formView({}, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function showForm(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const [latest] = await policies.list(actor)
    const before = latest ? { ...latest, ...typedChecklist(latest.checklist) } : {}
    const typed: Typed = shown?.typed ?? before
    return showPage(request, h, 'profiles/write-policy', {
      title: say('policies.write'),
      form: formView(policyFields, typed, say, shown?.errors),
      rows: checklistRows(typed, say, shown?.errors),
      status: shown ? statusOf(shown) : 200,
    })
  }

  const write = needs('policies.write')
  return [
    { method: 'GET', path: '/profiles/policies', options: needs('policies.read'), handler: list },
    ...listed.files,
    {
      method: 'GET',
      path: '/profiles/policies/write',
      options: write,
      handler: (request, h) => showForm(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/policies/write',
      options: write,
      handler: formHandler({
        schema: policySchema,
        fields: policyFields,
        show: showForm,
        act: async (request, h, { title, text }) => {
          const { actor, say } = readerOf(request)
          const typed = request.payload as Typed
          const { checklist, errors } = readChecklist(typed, say)
          if (errors.length > 0) return showForm(request, h, { typed, errors })
          const { id } = await policies.write(actor, { title, text, checklist })
          return goTo(h, `/profiles/policies/${id}`, 'said.policy-written')
        },
      }),
    },
    {
      method: 'GET',
      path: '/profiles/policies/{id}',
      options: needs('policies.read'),
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/policies/{id}/approve',
      options: needs('policies.approve'),
      handler: formHandler({
        schema: policySchema.fork(['title', 'text'], field => field.optional()),
        fields: {},
        show,
        act: async (request, h) => {
          await policies.approve(readerOf(request).actor, idOf(request))
          return goTo(h, `/profiles/policies/${idOf(request)}`, 'said.policy-approved')
        },
      }),
    },
  ]
}

function policyView(policy: SecurityPolicy, language: Language) {
  const say = sayIn(language)
  const { id, number, approval, writtenAt, writtenBy } = policy
  return {
    id,
    number: say('profile.version', { number }),
    written: say('profile.saved-by', { when: dayAndTime(writtenAt, language), name: writtenBy.name }),
    approval: approvalBadge(policy, say),
    approvedBy:
      approval &&
      say('profile.saved-by', { when: dayAndTime(approval.at, language), name: approval.by.name }),
  }
}
