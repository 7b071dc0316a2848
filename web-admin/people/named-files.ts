import { type Request } from '@hapi/hapi'
import { type Clock } from '../../server/clock.ts'
import { checkFresh } from '../../server/http/fresh-sign-in.ts'
import { readerOf } from '../reader.ts'

/**
 * Whether a list as a file names people: for those who may take people along, who must have proved who they are.
 * @throws {DomainError} forbidden `fresh-sign-in-needed`
 */
export function namesPeople(request: Request, clock: Clock): boolean {
  if (!readerOf(request).may('people.export')) return false
  checkFresh(request, clock.now())
  return true
}
