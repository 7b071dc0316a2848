import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Answer, type AnswerError, type ReceivedCommand } from './answers/answer.ts'
import { type Hardware } from './hardware.ts'

/** What an iPad writes, under Apple's names (Apple, "Check-in" and "Commands and Queries"). */

export const idle = ({ udid }: Hardware): PlistDictionary => ({ Status: 'Idle', UDID: udid })

export function authenticate(hardware: Hardware, deviceName: string, topic: string): PlistDictionary {
  return {
    MessageType: 'Authenticate',
    UDID: hardware.udid,
    Topic: topic,
    SerialNumber: hardware.serialNumber,
    DeviceName: deviceName,
    Model: hardware.modelNumber,
    ModelName: 'iPad',
    ProductName: hardware.productName,
    OSVersion: hardware.osVersion,
    BuildVersion: hardware.buildVersion,
    ...(hardware.imei !== undefined && { IMEI: hardware.imei }),
  }
}

export interface PushSecrets {
  readonly token: Uint8Array
  readonly magic: string
  readonly unlockToken: Uint8Array
}

export function tokenUpdate(
  { udid }: Hardware,
  topic: string,
  { token, magic, unlockToken }: PushSecrets,
  awaitingConfiguration: boolean,
): PlistDictionary {
  return {
    MessageType: 'TokenUpdate',
    UDID: udid,
    Topic: topic,
    Token: token,
    PushMagic: magic,
    UnlockToken: unlockToken,
    AwaitingConfiguration: awaitingConfiguration,
  }
}

export const checkOut = ({ udid }: Hardware, topic: string): PlistDictionary => ({
  MessageType: 'CheckOut',
  UDID: udid,
  Topic: topic,
})

/** The answer to a command, in the envelope that says whose and to which. */
export function report({ udid }: Hardware, command: ReceivedCommand, answer: Answer): PlistDictionary {
  const { status, response, errors } = answer
  return {
    ...response,
    CommandUUID: command.uuid,
    Status: status,
    UDID: udid,
    ...(errors && { ErrorChain: errors.map(link) }),
  }
}

const link = ({ domain, code, description }: AnswerError): PlistDictionary => ({
  ErrorDomain: domain,
  ErrorCode: code,
  LocalizedDescription: description,
  USEnglishDescription: description,
})
