import { type Request, type ResponseObject, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Passwords } from '../../server/staff/passwords.ts'
import { type SecondFactor } from '../../server/staff/second-factor.ts'
import { type Sessions } from '../../server/staff/sessions.ts'
import { type StaffEditing } from '../../server/staff/staff-editing.ts'
import { type StaffProfile } from '../../server/staff/staff-profile.ts'
import { type Staff } from '../../server/staff/staff.ts'
import { sessionRows } from '../account/session-view.ts'
import { dayAndTime } from '../dates.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { roleChoices } from './role-choices.ts'
import { endSchema, staffFields, staffSchema, versionSchema } from './staff-form.ts'
import { staffBadges } from './staff-view.ts'

export interface StaffMemberPagesDeps {
  readonly staff: Pick<Staff, 'get'>
  readonly staffEditing: StaffEditing
  readonly passwords: Pick<Passwords, 'newLink'>
  readonly sessions: Sessions
  readonly secondFactor: Pick<SecondFactor, 'removeOf'>
  readonly publicUrl: string
}

interface MemberShown extends Shown {
  readonly id?: string
  /** Shown on this answer and never again. */
  readonly link?: { readonly url: string; readonly expiresAt: Date }
}

/** The page of one account, and the same page with a link that chooses a password. */
export function createStaffMemberPage({ staff, passwords, sessions, publicUrl }: StaffMemberPagesDeps) {
  async function show(request: Request, h: ResponseToolkit, shown: MemberShown = { typed: {} }) {
    const { actor, language, say } = readerOf(request)
    const id = shown.id ?? idOf(request)
    const member = await staff.get(actor, id)
    const { name } = member
    const typed = { ...typedMember(member), ...shown.typed }
    return showPage(request, h, 'settings/staff-member', {
      title: name,
      id,
      email: member.email,
      version: typed.version,
      seen: seenText(typed),
      theirs: shown.theirs,
      badges: staffBadges(member, say),
      isActive: member.active,
      isInvited: member.invited,
      isEnding: 'reason' in shown.typed,
      isShared: member.shared,
      sharedLanguage: member.language,
      mayLink: member.active && !member.shared,
      hasSecondFactor: member.secondFactor && !member.shared,
      link: shown.link && {
        url: shown.link.url,
        once: say('staff.link.once', { name, when: dayAndTime(shown.link.expiresAt, language) }),
      },
      form: formView(staffFields(say), typed, say, shown.errors),
      choices: roleChoices(typed.roles, say),
      sessions: sessionRows(await sessions.list(actor, id), language),
      sessionsPath: `/settings/staff/${id}/sessions`,
      status: statusOf(shown),
    })
  }

  /** Makes the link and shows it, unless the account is not ours alone: then its owner has a password already. */
  async function showWithLink(request: Request, h: ResponseToolkit, id: string): Promise<ResponseObject> {
    const { actor } = readerOf(request)
    const { shared, invited } = await staff.get(actor, id)
    if (invited) return goTo(h, `/settings/staff/${id}`, 'said.staff-invited')
    if (shared) return goTo(h, `/settings/staff/${id}`, 'said.staff-added')
    const { secret, expiresAt } = await passwords.newLink(actor, id)
    const link = { url: `${publicUrl}/choose-password/${secret}`, expiresAt }
    return show(request, h, { id, typed: {}, link })
  }

  return { show, showWithLink }
}

/** One account: its roles, a link for its password, its sessions, its end. */
export function staffMemberPages(deps: StaffMemberPagesDeps): ServerRoute[] {
  const { staffEditing, sessions, secondFactor } = deps
  const { show, showWithLink } = createStaffMemberPage(deps)
  const options = needs('staff.write')
  const pathOf = (request: Request) => `/settings/staff/${idOf(request)}`

  return [
    { method: 'GET', path: '/settings/staff/{id}', options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path: '/settings/staff/{id}',
      options,
      handler: formHandler({
        schema: staffSchema,
        fields: staffFields,
        show,
        current: async request => typedMember(await deps.staff.get(readerOf(request).actor, idOf(request))),
        act: async (request, h, typed) => {
          await staffEditing.edit(readerOf(request).actor, idOf(request), typed)
          return goTo(h, pathOf(request), 'said.staff-saved')
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/staff/{id}/end',
      options,
      handler: formHandler({
        schema: endSchema,
        fields: staffFields,
        show,
        act: async (request, h, { version, reason }) => {
          const ending = { version, ...(reason !== '' && { reason }) }
          await staffEditing.end(readerOf(request).actor, idOf(request), ending)
          return goTo(h, pathOf(request), 'said.staff-ended')
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/staff/{id}/resume',
      options,
      handler: formHandler({
        schema: versionSchema,
        fields: staffFields,
        show,
        act: async (request, h, typed) => {
          const { invited } = await staffEditing.resume(readerOf(request).actor, idOf(request), typed)
          return goTo(h, pathOf(request), invited ? 'said.staff-invited' : 'said.staff-resumed')
        },
      }),
    },
    {
      method: 'POST',
      path: '/settings/staff/{id}/password-link',
      options,
      handler: (request, h) => showWithLink(request, h, idOf(request)),
    },
    {
      method: 'POST',
      path: '/settings/staff/{id}/second-factor/remove',
      options,
      handler: async (request, h) => {
        await secondFactor.removeOf(readerOf(request).actor, idOf(request))
        return goTo(h, pathOf(request), 'said.staff-saved')
      },
    },
    {
      method: 'POST',
      path: '/settings/staff/{id}/sessions/end',
      options,
      handler: async (request, h) => {
        await sessions.revokeAll(readerOf(request).actor, idOf(request))
        return goTo(h, pathOf(request), 'said.sessions-ended')
      },
    },
    {
      method: 'POST',
      path: '/settings/staff/{id}/sessions/{sessionId}/end',
      options,
      handler: async (request, h) => {
        const { actor } = readerOf(request)
        await sessions.revoke(actor, idOf(request), idOf(request, 'sessionId'))
        return goTo(h, pathOf(request), 'said.sessions-ended')
      },
    },
    // The answers to forms that were refused, or that showed a link, asked for again.
    ...['end', 'resume', 'password-link'].map((deed): ServerRoute => ({
      method: 'GET',
      path: `/settings/staff/{id}/${deed}`,
      options,
      handler: (request, h) => goTo(h, pathOf(request)),
    })),
  ]
}

/** An account as its form holds it. */
function typedMember({ name, language, roles, version }: StaffProfile) {
  return { name, language, roles, version }
}
