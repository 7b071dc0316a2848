import { setTimeout as delay } from 'node:timers/promises'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { answerCommand } from './answers/answer-command.ts'
import { refused, type Answer, type ReceivedCommand } from './answers/answer.ts'
import { synchroniseDeclarations } from './declarations.ts'
import { hardwareOf, type Hardware } from './hardware.ts'
import { type Answered, type IpadOptions, type Management, type Mood } from './ipad-options.ts'
import { newState, type IpadState } from './ipad-state.ts'
import { joinManagement, type Joined } from './join-management.ts'
import { checkOut, idle, report } from './messages.ts'
import { whereOn, type Route } from './position.ts'
import { SimulationError } from './simulation-error.ts'
import { createTransport, patience } from './transport.ts'

export type SimulatedIpad = ReturnType<typeof createSimulatedIpad>

/** One iPad that speaks Apple's protocol with a server over HTTP. It begins new, outside of management. */
export function createSimulatedIpad(options: IpadOptions) {
  const { serialNumber, keys, home, pushes, retryAfterMs = patience } = options
  const now = options.now ?? (() => new Date(Date.now()))
  const hardware: Hardware = hardwareOf(serialNumber)
  const power = new AbortController()
  const transport = createTransport({ signal: power.signal, wait: sleep, retryAfterMs })
  const answers: Answered[] = []
  const faults: Error[] = []
  const watchers = new Set<() => void>()

  let state: IpadState = newState(options.awaitsConfiguration ?? false)
  let mood: Mood = 'awake'
  let route: Route | undefined
  let management: Management = 'new'
  let enrolled: Joined | undefined
  let stopListening: () => void = () => undefined
  let lastReport: { readonly message: PlistDictionary; readonly status: Answer['status'] } | undefined
  let losesNextAnswer = false
  let dropsNextErase = false
  let talk: Promise<void> | undefined
  let talkAgain = false

  function listen(): void {
    stopListening()
    const { token, magic } = enrolled?.secrets ?? {}
    if (!pushes || !token || mood === 'offline') return
    stopListening = pushes.subscribe(Buffer.from(token).toString('hex'), push => {
      // A push with the magic of an earlier enrolment is somebody else's.
      if (push.magic === magic) void poll().catch(note)
    })
  }

  function note(error: unknown): void {
    if (!power.signal.aborted) faults.push(error instanceof Error ? error : new Error(String(error)))
  }

  function forget(to: Exclude<Management, 'enrolled'>): void {
    stopListening()
    enrolled = undefined
    lastReport = undefined
    management = to
  }

  /**
   * Follows an enrolment link to the end: profile, certificate, Authenticate, TokenUpdate; then it listens and polls.
   * @throws {SimulationError} when the server does not let it
   */
  async function enrol(link: string): Promise<void> {
    const joined = await joinManagement(link, {
      hardware,
      deviceName: state.deviceName,
      awaitingConfiguration: state.awaitingConfiguration,
      transport,
      keys,
      signatures: options.signatures ?? 'attributes',
      now,
      onUnenrolled: () => forget('removed'),
    })
    state = { ...state, profiles: [...state.profiles, joined.installed] }
    enrolled = joined
    management = 'enrolled'
    listen()
    await poll()
  }

  /** Asks for work until there is none. Called while it does so, it asks once more afterwards. */
  function poll(): Promise<void> {
    if (talk) talkAgain = true
    else talk = talkUntilQuiet()
    return talk
  }

  async function talkUntilQuiet(): Promise<void> {
    const wantsMore = () => talkAgain
    try {
      do {
        talkAgain = false
        if (enrolled && mood !== 'offline') await converse(enrolled)
      } while (wantsMore())
    } finally {
      talk = undefined
    }
  }

  async function converse(self: Joined): Promise<void> {
    let command = await self.channel.connect(idle(hardware))
    // It may be erased, removed or switched off between two commands.
    while (command && enrolled === self && mood !== 'offline') command = await carryOut(command, self)
  }

  async function carryOut(command: ReceivedCommand, self: Joined): Promise<ReceivedCommand | undefined> {
    const answer = decide(command, self)
    state = answer.after ?? state
    const erases = answer.then === 'erase'
    if (erases && dropsNextErase) {
      dropsNextErase = false
      erase()
      return undefined
    }
    const message = report(hardware, command, answer)
    lastReport = { message, status: answer.status }
    const next = await tell(message, self).finally(() => {
      // Its answer is sent as well as it can be; erased it is in any case.
      if (erases) erase()
    })
    remember(command, answer)
    if (answer.then === 'synchronise') await synchroniseDeclarations(self.channel, hardware)
    if (takesManagement(command, answer, self)) await leave()
    return erases ? undefined : next
  }

  /** The profile that it enrolled with goes, and the management with it. */
  function takesManagement({ requestType, parameters }: ReceivedCommand, { status }: Answer, self: Joined) {
    const isDone = requestType === 'RemoveProfile' && status === 'Acknowledged'
    return isDone && parameters['Identifier'] === self.installed.identifier
  }

  /** One try to say so, then the management is gone. */
  async function leave(): Promise<void> {
    const self = enrolled
    forget('removed')
    if (self?.mdm.checkOutWhenRemoved)
      await self.channel.checkIn(checkOut(hardware, self.mdm.topic)).catch(note)
  }

  async function tell(message: PlistDictionary, { channel }: Joined): Promise<ReceivedCommand | undefined> {
    const next = await channel.connect(message)
    if (!losesNextAnswer) return next
    losesNextAnswer = false
    return channel.connect(message)
  }

  function decide(command: ReceivedCommand, { secrets, identity }: Joined): Answer {
    if (mood === 'broken') return refused('NSPOSIXErrorDomain', 28, 'No space left on device')
    if (options.refuses?.includes(command.requestType) === true)
      return refused('MCInstallationErrorDomain', 4001, 'Profile Installation Failed')
    const at = now()
    const position = route ? whereOn(route, at) : { ...home, course: -1, speed: -1 }
    return answerCommand(command, {
      hardware,
      state,
      locked: mood === 'locked' && state.passcodeSet,
      supervised: options.supervised ?? true,
      unlockToken: secrets.unlockToken,
      identity,
      position,
      now: at,
    })
  }

  function remember({ uuid, requestType, parameters }: ReceivedCommand, { status }: Answer): void {
    answers.push({ uuid, requestType, parameters, status, at: now() })
    for (const watcher of watchers) watcher()
  }

  /** As EraseDevice does it, or somebody with a cable: nothing is left of the enrolment. */
  function erase(): void {
    state = newState(options.awaitsConfiguration ?? false)
    forget('new')
  }

  return {
    serialNumber,
    udid: hardware.udid,
    hardware,
    /** What it is like now. */
    state: () => state,
    management: () => management,
    mood: () => mood,
    /** Everything it has answered, oldest first; not what it dropped. */
    answers: answers as readonly Answered[],
    /** What went wrong while nobody was waiting for it, such as a poll after a push. */
    faults: faults as readonly Error[],
    enrol,
    poll,

    /** Changes its mood; when it comes back to where it can answer, it looks for what it missed. */
    async become(next: Mood): Promise<void> {
      const before = mood
      mood = next
      if (next === 'offline') stopListening()
      else if (before === 'offline') listen()
      const putOff = before === 'locked' && lastReport?.status === 'NotNow'
      if (next === 'awake' && (putOff || before === 'offline')) await poll()
    },

    /** Somebody leaves with it. */
    steal(way: Route): void {
      route = way
    },

    /** Somebody brings it home. */
    bringHome(): void {
      route = undefined
    },

    erase,

    /** The next EraseDevice erases it before it has answered, as when the network drops. */
    dropNextErase(): void {
      dropsNextErase = true
    },

    /** The answer to its next report is lost on the way, so it reports again. */
    loseNextAnswer(): void {
      losesNextAnswer = true
    },

    /** Says its last report once more; the command that the server answers with is not carried out. */
    async repeatLastReport(): Promise<ReceivedCommand | undefined> {
      if (!lastReport || !enrolled) throw new SimulationError('There is no report to repeat.')
      return enrolled.channel.connect(lastReport.message)
    },

    /** Its user removes the management. */
    removeManagement: leave,

    /** The first answer for which `found` is true, from the past or as soon as it is given. */
    async answered(found: string | ((answer: Answered) => boolean)): Promise<Answered> {
      const matches = typeof found === 'string' ? (answer: Answered) => answer.requestType === found : found
      return new Promise(resolve => {
        const look = () => {
          const answer = answers.find(matches)
          if (!answer) return
          watchers.delete(look)
          resolve(answer)
        }
        watchers.add(look)
        look()
      })
    },

    /** Switched off for good: whatever it was doing ends. */
    async stop(): Promise<void> {
      stopListening()
      power.abort()
      await talk?.catch(() => undefined)
    },
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
