import { variables, type VariableName, type VariableValues } from '../../../profiles/variables.ts'
import { type Language } from '../../../server/organisations/organisation.ts'
import { inWords } from '../words.ts'

/** Every variable, what it means, and its value on one of the organisation's iPads. */
export function variableRows(example: VariableValues | undefined, language: Language) {
  return (Object.keys(variables) as VariableName[]).map(name => ({
    code: `{{${name}}}`,
    words: inWords(variables[name], language),
    example: example?.[name] ?? '',
  }))
}
