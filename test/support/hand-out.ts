import { randomUUID } from 'node:crypto'
import { type ApiClient } from './api-client.ts'

/** A signature as the pad gives it: one line across. */
export const drawnSignature = {
  kind: 'drawn',
  width: 600,
  height: 200,
  strokes: [
    {
      points: Array.from({ length: 24 }, (_, index) => ({
        x: 60 + index * 20,
        y: 100 + 40 * Math.sin(index / 2),
        time: index * 16,
        pressure: 0.5,
      })),
    },
  ],
} as const

export interface HandedOut {
  readonly loanId: string
  readonly formId: string
  readonly pdfSha256: string
}

/** The three steps at the desk: reserved, terms shown, signed. Throws when one of them is refused. */
export async function handOut(desk: ApiClient, personId: string, deviceId: string): Promise<HandedOut> {
  const loan = await created<{ id: string }>(desk, '/api/v1/loans', {
    personId,
    deviceId,
    accessories: ['charger'],
  })
  const shown = await desk.post<{ terms: { sha256: string } }>(`/api/v1/loans/${loan.id}/terms`, {
    language: 'sv',
  })
  const { form } = await created<{ form: { id: string; pdfSha256: string } }>(
    desk,
    `/api/v1/loans/${loan.id}/sign`,
    {
      attemptId: randomUUID(),
      termsSha256: shown.body.terms.sha256,
      signature: drawnSignature,
      identityCheck: 'id-shown',
    },
  )
  return { loanId: loan.id, formId: form.id, pdfSha256: form.pdfSha256 }
}

/** What was made by a POST that has to succeed. */
export async function created<T>(client: ApiClient, path: string, body?: unknown): Promise<T> {
  const answer = await client.post<T>(path, body)
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`POST ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
