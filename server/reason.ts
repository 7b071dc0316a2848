/** What fills the places of a sentence. */
type ReasonValues = Readonly<Record<string, string | number>>

/** Why something is not right: in English for callers of the API, as code and values for whoever says it otherwise. */
export interface Reason {
  readonly code: string
  readonly message: string
  readonly values?: ReasonValues
}

/** The reason with this code, its sentence filled in: `{name}` stands for the value of that name. */
export function because(code: string, sentence: string, values?: ReasonValues): Reason {
  const message = sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole))
  return { code, message, ...(values && { values }) }
}
