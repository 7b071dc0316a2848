import { lifecycleMoves, type Device, type Lifecycle } from '../devices/device.ts'
import { type Loan } from '../loans/loan.ts'
import { type Actor } from '../staff/actor.ts'

/** The iPad as incidents see and move it. */
export interface IncidentDevices {
  get(actor: Actor, id: string): Promise<Device>
  moveLifecycle(actor: Actor, id: string, to: Lifecycle, why: { reason: string }): Promise<unknown>
}

/** The loan as incidents see and hold it. All of it joins the transaction of the incident. */
export interface IncidentLoans {
  get(actor: Actor, id: string): Promise<Loan>
  openLoanOf(organisationId: string, deviceId: string): Promise<Loan | undefined>
  /** The loan waits for the incident. */
  dispute(actor: Actor, loanId: string, incidentId: string): Promise<unknown>
  /** The incident is over: the loan goes on when the iPad is back, else it ends. */
  settle(actor: Actor, loanId: string, end: { to: 'active' | 'closed'; reason: string }): Promise<unknown>
}

/** Brings the iPad to `to` when the books allow it. What happened has happened: they never stop a report. */
export async function moveDevice(
  devices: IncidentDevices,
  actor: Actor,
  deviceId: string,
  { to, reason }: { to: Lifecycle; reason: string },
): Promise<void> {
  const { lifecycle } = await devices.get(actor, deviceId)
  if (!(lifecycleMoves[lifecycle] as readonly Lifecycle[]).includes(to)) return
  await devices.moveLifecycle(actor, deviceId, to, { reason })
}
