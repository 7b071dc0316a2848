import { systemActor, type Actor } from '../../server/staff/actor.ts'
import { type Role } from '../../server/staff/rights.ts'
import { type Ornkoll } from '../../server/compose.ts'

/** Somebody who can sign in to the demo. The passwords are printed: the demo listens on this machine alone. */
interface DemoSignIn {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly roles: readonly Role[]
}

const staff = [
  { name: 'Majken Tallvret', role: 'admin', plant: 'lingon' },
  { name: 'Orvar Lavskär', role: 'second-line', plant: 'hjortron' },
  { name: 'Idun Rimhage', role: 'second-line', plant: 'blomkarse' },
  { name: 'Tage Porsnäs', role: 'helpdesk', plant: 'hallon' },
  { name: 'Saga Videbrink', role: 'handout', plant: 'smultron' },
  { name: 'Gudrun Klockrot', role: 'secretary', plant: 'kaprifol' },
  { name: 'Helge Myrtorp', role: 'finance', plant: 'enebuske' },
  { name: 'Ragna Älvfall', role: 'auditor', plant: 'nypon' },
] as const satisfies readonly { name: string; role: Role; plant: string }[]

/** One sign-in for each role, and a second one of second line, since a wipe takes two people. */
export const signIns: readonly DemoSignIn[] = staff.map(({ name, role, plant }, index) => {
  const account = staff.findIndex(each => each.role === role) < index ? `${role}-2` : role
  return { name, email: `${account}@ekvalla.example`, password: `${plant}-kajak-norrsken`, roles: [role] }
})

/** The actors of the demo's story, by their first role. */
export type DemoStaff = Readonly<Record<Role, Actor>>

/** Makes all accounts: the administrator by the set-up link, as a real one, the others by the administrator. */
export async function addStaff(ornkoll: Ornkoll, organisationName: string): Promise<DemoStaff> {
  const { staff: accounts, setUpSecret } = ornkoll
  const [admin, ...others] = signIns
  if (!admin || setUpSecret === undefined) throw new Error('Somebody has set this installation up already.')
  const { name, email, password } = admin
  await accounts.setUp(setUpSecret, { name, email, password, language: 'sv', organisationName })
  const { admin: adding } = await readStaff(ornkoll)
  for (const { roles, ...other } of others) await accounts.add(adding, { ...other, language: 'sv', roles })
  return readStaff(ornkoll)
}

/** The accounts that are there, the first of each role. */
export async function readStaff({ staff: accounts, firstOrganisation }: Ornkoll): Promise<DemoStaff> {
  const organisationId = firstOrganisation.id
  const members = await accounts.list(systemActor(organisationId))
  const actors = signIns.flatMap(({ email, name, roles }) => {
    const member = members.find(each => each.email === email)
    const [role] = roles
    return member && role
      ? [[role, { kind: 'staff', id: member.id, name, organisationId, roles }] as const]
      : []
  })
  // The first of a role wins: later entries of a list overwrite earlier ones.
  return Object.fromEntries(actors.reverse()) as unknown as DemoStaff
}
