import { isDictionary, isList } from '../../../profiles/plist/plist-value.ts'
import { done, malformed, refused, textOf, told, type Answering } from './answer.ts'

export const deviceLock: Answering = ({ parameters }, { state }) => {
  if (state.lostMode) return told({ MessageResult: 'DeviceInLostMode' })
  if (!state.passcodeSet) return told({ MessageResult: 'NoPasscodeSet' })
  return told({ MessageResult: 'Success' }, { ...state, lockMessage: textOf(parameters, 'Message') })
}

/** Works only with the secret that this very iPad gave the server. */
export const clearPasscode: Answering = ({ parameters }, { state, unlockToken }) => {
  const given = parameters['UnlockToken']
  if (!(given instanceof Uint8Array)) return malformed
  if (Buffer.compare(given, unlockToken) !== 0)
    return refused('MCPasscodeErrorDomain', 5016, 'The passcode could not be cleared.')
  return done({ ...state, passcodeSet: false })
}

export const restartDevice: Answering = (_, { state }) => done({ ...state, restarts: state.restarts + 1 })

/** It answers first and is erased then: afterwards there is nothing left that could answer. */
export const eraseDevice: Answering = () => ({ status: 'Acknowledged', then: 'erase' })

export const deviceConfigured: Answering = (_, { state }) => done({ ...state, awaitingConfiguration: false })

export const declarativeManagement: Answering = () => ({ status: 'Acknowledged', then: 'synchronise' })

/** Each setting is answered for itself. */
export const settings: Answering = ({ parameters }, { state }) => {
  const items = parameters['Settings']
  if (!isList(items)) return malformed
  let after = state
  const answers = items.map(item => {
    const kind = isDictionary(item) ? textOf(item, 'Item') : undefined
    const name = isDictionary(item) ? textOf(item, 'DeviceName') : undefined
    if (kind === 'DeviceName' && name !== undefined) {
      after = { ...after, deviceName: name }
      return { Item: kind, Status: 'Acknowledged' }
    }
    return { Item: kind ?? '', Status: 'Error', ErrorChain: [unknownSetting] }
  })
  return told({ Settings: answers }, after)
}

const unknownSetting = {
  ErrorDomain: 'MCSettingsErrorDomain',
  ErrorCode: 28000,
  LocalizedDescription: 'Unknown setting.',
  USEnglishDescription: 'Unknown setting.',
}
