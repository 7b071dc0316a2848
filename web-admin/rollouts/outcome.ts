import { type ResponseObject, type ResponseToolkit } from '@hapi/hapi'
import { type Outcome } from '../../server/rollouts/requesting.ts'
import { type Rollout } from '../../server/rollouts/rollout.ts'
import { goTo } from '../page.ts'
import { type TextKey } from '../texts/texts.ts'

type Came = { readonly rollout: Pick<Rollout, 'id' | 'kind'> } | Extract<Outcome, { request: unknown }>

/** To the roll-out that has begun, or to the request that waits for a second person. */
export function goToOutcome(h: ResponseToolkit, outcome: Came, begun: TextKey): ResponseObject {
  return 'request' in outcome
    ? goTo(h, `/profiles/rollouts/requests/${outcome.request.id}`, 'said.job-waiting')
    : goTo(h, `/profiles/rollouts/${outcome.rollout.id}`, begun)
}
