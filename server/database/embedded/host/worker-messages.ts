import { type StoreFaultKind } from '../storage/store-fault.ts'

/** What the application asks the engine's thread. */
export interface WorkerQuestion {
  readonly id: number
  readonly ask: 'index-faults' | 'stop'
}

/** What the engine's thread tells. */
export type WorkerReport =
  | { readonly kind: 'ready'; readonly address: string }
  | { readonly kind: 'answer'; readonly id: number; readonly lines: readonly string[] }
  | {
      readonly kind: 'failed'
      readonly id: number | undefined
      readonly message: string
      readonly fault: StoreFaultKind | undefined
    }
