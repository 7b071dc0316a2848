import { type Language } from '../../server/organisations/organisation.ts'
import { type SecurityPolicy } from '../../server/policies/policy.ts'
import { dayAndTime, stamp } from '../dates.ts'
import { sayIn } from '../language.ts'
import { type Column } from '../tables/columns.ts'
import { approvalBadge } from './finding-view.ts'

/** The columns of the list of versions of the security policy. */
export function policyColumns(language: Language): Column<SecurityPolicy>[] {
  const say = sayIn(language)
  const said = (at: Date, name: string) => say('profile.saved-by', { when: dayAndTime(at, language), name })
  return [
    {
      key: 'title',
      text: 'policy.title',
      sort: 'title',
      show: ({ title, id }) => ({ text: title, href: `/profiles/policies/${id}` }),
      file: ({ title }) => title,
    },
    {
      key: 'number',
      text: 'profile.newest',
      sort: 'number',
      isNumber: true,
      show: ({ number }) => String(number),
      file: ({ number }) => number,
    },
    {
      key: 'state',
      text: 'device.state',
      sort: 'state',
      show: policy => ({ badges: [approvalBadge(policy, say)] }),
      file: policy => approvalBadge(policy, say).text,
    },
    {
      key: 'checklist',
      text: 'policy.checklist',
      sort: 'checklist',
      isNumber: true,
      show: ({ checklist }) => String(checklist.length),
      file: ({ checklist }) => checklist.length,
    },
    {
      key: 'written',
      text: 'policy.written',
      sort: 'written',
      show: ({ writtenAt, writtenBy }) => said(writtenAt, writtenBy.name),
      file: ({ writtenAt, writtenBy }) => `${stamp(writtenAt)} ${writtenBy.name}`,
    },
    {
      key: 'approved',
      text: 'policy.approved',
      sort: 'approved',
      show: ({ approval }) => approval && said(approval.at, approval.by.name),
      file: ({ approval }) => approval && `${stamp(approval.at)} ${approval.by.name}`,
    },
  ]
}
