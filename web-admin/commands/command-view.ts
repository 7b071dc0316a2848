import { type Command } from '../../server/commands/command.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Tone } from '../badge.ts'
import { dayAndTime, timeToTheSecond } from '../dates.ts'
import { type IconName } from '../icons.ts'
import { isText, sayIn, type Say } from '../language.ts'

const signs: Readonly<Record<Command['state'], readonly [Tone, IconName]>> = {
  queued: ['info', 'clock'],
  sent: ['info', 'refresh'],
  'not-now': ['warning', 'clock'],
  acknowledged: ['done', 'done'],
  failed: ['danger', 'warning'],
  cancelled: ['plain', 'stopped'],
  expired: ['plain', 'stopped'],
}

/** What a command does, in words; Apple's own name for one that has none. */
export function commandWords(requestType: string, say: Say): string {
  const key = `command.${requestType}`
  return isText(key) ? say(key) : say('command.other', { name: requestType })
}

/** A command as one event: what, how far it has come, who asked when and why. */
export function commandView(command: Omit<Command, 'result' | 'parameters'>, language: Language) {
  const say = sayIn(language)
  const [tone, icon] = signs[command.state]
  const { queuedAt, finishedAt } = command.times
  return {
    id: command.id,
    what: commandWords(command.requestType, say),
    state: say(`command.state.${command.state}`),
    tone,
    icon,
    asked: say('command.by', { when: dayAndTime(queuedAt, language), name: command.requestedBy.name }),
    finished: finishedAt && timeToTheSecond(finishedAt),
    reason: command.reason,
    error: command.error?.words,
  }
}
