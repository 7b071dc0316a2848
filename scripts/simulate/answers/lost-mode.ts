import { type IpadState, type LostMode } from '../ipad-state.ts'
import { done, malformed, refusedCommand, textOf, told, type Answer, type Answering } from './answer.ts'

const notInLostMode = (): Answer => refusedCommand(12067, 'The device is not in Lost Mode.')

/** Sent again, it writes the new words on the screen. */
export const enableLostMode: Answering = ({ parameters }, { state, now }) => {
  const message = textOf(parameters, 'Message')
  const phoneNumber = textOf(parameters, 'PhoneNumber')
  if (message === undefined && phoneNumber === undefined) return malformed
  const { since = now, soundsPlayed = 0 } = state.lostMode ?? {}
  const lostMode: LostMode = {
    message,
    phoneNumber,
    footnote: textOf(parameters, 'Footnote'),
    since,
    soundsPlayed,
  }
  return done({ ...state, lostMode })
}

export const disableLostMode: Answering = (_, { state }) =>
  state.lostMode ? done({ ...state, lostMode: undefined }) : notInLostMode()

export const deviceLocation: Answering = (_, { state, position, now }) => {
  if (!state.lostMode) return notInLostMode()
  return told({
    Latitude: position.latitude,
    Longitude: position.longitude,
    HorizontalAccuracy: 12.5,
    VerticalAccuracy: -1,
    Altitude: -1,
    Course: position.course,
    Speed: position.speed,
    Timestamp: now.toISOString().replace(/\.\d{3}Z$/, 'Z'),
  })
}

export const playLostModeSound: Answering = (_, { state }) => {
  const { lostMode } = state
  if (!lostMode) return notInLostMode()
  const played: IpadState = { ...state, lostMode: { ...lostMode, soundsPlayed: lostMode.soundsPlayed + 1 } }
  return done(played)
}
