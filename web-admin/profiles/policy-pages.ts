import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Clock } from '../../server/clock.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Policies } from '../../server/policies/policies.ts'
import { type SecurityPolicy } from '../../server/policies/policy.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
import { answerableId, type Actor } from '../../server/staff/actor.ts'
import { day, dayAndTime } from '../dates.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { sayIn, type Say } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
import { createShortList } from '../tables/short-list.ts'
import { approvalBadge } from './finding-view.ts'
import { policyColumns } from './policy-columns.ts'
import { checklistRows, policyFields, policySchema, readChecklist, typedChecklist } from './policy-form.ts'
import { profileParts } from './profile-parts.ts'
import { standardChecklist } from './standard-checklist.ts'
import { inWords } from './words.ts'

interface PolicyPagesDeps {
  readonly policies: Pick<Policies, 'list' | 'get' | 'inForce' | 'write' | 'approve'>
  readonly profiles: Pick<Profiles, 'list'>
  readonly clock: Clock
  readonly audit: Audit
}

/** The security policy: its versions, a new one with its checklist, and the approval by another person (R10, R13). */
export function policyPages({ policies, profiles, clock, audit }: PolicyPagesDeps): ServerRoute[] {
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
    const { actor, say, may } = readerOf(request)
    return showPage(request, h, 'profiles/policies', {
      title: say('policies.title'),
      parts: profileParts('/profiles/policies', say),
      list: await listed.view(request),
      mayWrite: may('policies.write'),
      behind: may('profiles.read') ? await profilesBehind(actor, say) : [],
    })
  }

  /** Profiles whose newest version was approved under an older policy than the one in force. */
  async function profilesBehind(actor: Actor, say: Say) {
    const inForce = await policies.inForce(actor)
    if (inForce === undefined) return []
    return (await profiles.list(actor)).flatMap(({ profile, newest: { approval } }) =>
      approval === undefined || approval.policyNumber >= inForce.number
        ? []
        : [
            {
              name: profile.name,
              href: `/profiles/${profile.id}`,
              under: say('profile.version', { number: approval.policyNumber }),
            },
          ],
    )
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
      isEmpty: policy.checklist.length === 0,
      isOwn: policy.writtenBy.id === answerableId(actor),
      form: formView({}, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function showForm(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say, language } = readerOf(request)
    const [latest] = await policies.list(actor)
    // Whoever writes it signs for it, unless they name somebody else.
    const signed = { signedBy: actor.name, signedOn: dayOf(clock.now()) }
    const before = latest?.checklist.length
      ? { ...latest, ...typedChecklist(latest.checklist) }
      : {
          ...latest,
          ...typedChecklist(
            standardChecklist.map(words => ({ question: inWords(words, language), ...signed })),
          ),
        }
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
          const { checklist, errors } = readChecklist(typed, dayOf(clock.now()), say)
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
