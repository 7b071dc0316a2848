import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Policies } from '../../server/policies/policies.ts'
import { furtherQuestions } from '../../server/policies/checklist-questions.ts'
import { isAnswered } from '../../server/policies/checklist.ts'
import { type SecurityPolicy } from '../../server/policies/policy.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
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
  readonly policies: Pick<
    Policies,
    'list' | 'get' | 'inForce' | 'writers' | 'isOwnAccount' | 'write' | 'approve'
  >
  readonly profiles: Pick<Profiles, 'underFormerPolicy'>
  readonly audit: Audit
}

/** The security policy: its versions, a new one with its checklist, and the approval by another person (R10, R13). */
export function policyPages({ policies, profiles, audit }: PolicyPagesDeps): ServerRoute[] {
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
    const former = may('profiles.read') ? await profiles.underFormerPolicy(actor) : []
    return showPage(request, h, 'profiles/policies', {
      title: say('policies.title'),
      parts: profileParts('/profiles/policies', say),
      list: await listed.view(request),
      mayWrite: may('policies.write'),
      former: former.map(({ profile, version }) => ({
        href: `/profiles/${profile.id}`,
        name: profile.name,
        version: version.number,
        policy: version.approval?.policyNumber,
      })),
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
        answer: line.answer && say(`policy.answer.${line.answer}`),
        signedOn: line.signedOn && day(line.signedOn, language),
      })),
      isDraft: policy.approval === undefined && may('policies.approve'),
      isUnanswered: !isAnswered(policy.checklist),
      leftOut: furtherQuestions(
        policy.checklist.map(({ question }) => question),
        language,
      ),
      isSuperseded: policy.number < ((await policies.inForce(actor))?.number ?? 0),
      isOwn: (await policies.writers(actor, policy)).has(answerableId(actor)),
      isOwnAccount: await policies.isOwnAccount(actor, policy),
      form: formView({}, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function showForm(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say, language } = readerOf(request)
    const [latest] = await policies.list(actor)
    const lines = latest?.checklist ?? []
    const typed: Typed = shown?.typed ?? {
      title: latest?.title,
      text: latest?.text,
      ...typedChecklist(lines, language),
    }
    return showPage(request, h, 'profiles/write-policy', {
      title: say(latest ? 'policies.write' : 'policies.write.first'),
      form: formView(policyFields, typed, say, shown?.errors),
      rows: checklistRows(typed, say, lines),
      // Of what is shown here: after a refusal the writer has been told of the newer one.
      basedOn: latest?.number ?? 0,
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
        act: async (request, h, { title, text, basedOn }) => {
          const { actor } = readerOf(request)
          const checklist = readChecklist(request.payload as Typed)
          const { id } = await policies.write(actor, { title, text, checklist, basedOn })
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
