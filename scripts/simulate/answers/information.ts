import { isList, type PlistValue } from '../../../profiles/plist/plist-value.ts'
import { malformed, told, type AnswerContext, type Answering } from './answer.ts'

type Query = (context: AnswerContext) => PlistValue | undefined

const gigabytesUsed = 9.25
/** An iPad discharges from full to a quarter over a day, then is charged. */
const dayMs = 86_400_000

/** What an iPad with Wi-Fi, and where it has one with a modem, answers to each query; the others it leaves out. */
const queries: Readonly<Record<string, Query>> = {
  UDID: ({ hardware }) => hardware.udid,
  SerialNumber: ({ hardware }) => hardware.serialNumber,
  DeviceName: ({ state }) => state.deviceName,
  OSVersion: ({ hardware }) => hardware.osVersion,
  BuildVersion: ({ hardware }) => hardware.buildVersion,
  ModelName: () => 'iPad',
  Model: ({ hardware }) => hardware.modelNumber,
  ModelNumber: ({ hardware }) => hardware.modelNumber,
  ProductName: ({ hardware }) => hardware.productName,
  DeviceCapacity: ({ hardware }) => hardware.capacity * 0.93,
  AvailableDeviceCapacity: ({ hardware, state }) =>
    hardware.capacity * 0.93 - gigabytesUsed - state.apps.reduce((sum, app) => sum + app.bundleSize / 1e9, 0),
  BatteryLevel: ({ now }) => 1 - 0.75 * ((now.getTime() % dayMs) / dayMs),
  IsSupervised: ({ supervised }) => supervised,
  IsMultiUser: () => false,
  IsMDMLostModeEnabled: ({ state }) => state.lostMode !== undefined,
  IsActivationLockEnabled: () => false,
  IsDeviceLocatorServiceEnabled: () => false,
  IsDoNotDisturbInEffect: () => false,
  IsCloudBackupEnabled: () => false,
  AwaitingConfiguration: ({ state }) => state.awaitingConfiguration,
  iTunesStoreAccountIsActive: () => false,
  DiagnosticSubmissionEnabled: () => false,
  AppAnalyticsEnabled: () => false,
  TimeZone: () => 'Europe/Stockholm',
  WiFiMAC: ({ hardware }) => hardware.wifiMac,
  BluetoothMAC: ({ hardware }) => hardware.bluetoothMac,
  IMEI: ({ hardware }) => hardware.imei && spaced(hardware.imei),
  CellularTechnology: ({ hardware }) => (hardware.imei ? 1 : 0),
  ModemFirmwareVersion: ({ hardware }) => hardware.imei && '2.70.01',
  DataRoamingEnabled: () => false,
  VoiceRoamingEnabled: () => false,
  IsRoaming: () => false,
  PersonalHotspotEnabled: () => false,
  IsNetworkTethered: () => false,
  SubscriberMCC: () => '',
  SubscriberMNC: () => '',
  ServiceSubscriptions: ({ hardware }) =>
    hardware.imei
      ? [{ Slot: 'CTSubscriptionSlotOne', IMEI: spaced(hardware.imei), IsDataPreferred: true }]
      : undefined,
  MDMOptions: () => ({ ActivationLockAllowedWhileSupervised: false }),
}

/** An iPad shows its IMEI in groups. */
const spaced = (imei: string): string => imei.replace(/^(..)(.{6})(.{6})(.)$/, '$1 $2 $3 $4')

export const deviceInformation: Answering = ({ parameters }, context) => {
  const asked = parameters['Queries']
  if (!isList(asked)) return malformed
  const answers = asked.flatMap(query => {
    const value =
      typeof query === 'string' && Object.hasOwn(queries, query) ? queries[query]?.(context) : undefined
    return typeof query === 'string' && value !== undefined ? [[query, value] as const] : []
  })
  return told({ QueryResponses: Object.fromEntries(answers) })
}

export const securityInfo: Answering = (_, { state }) =>
  told({
    SecurityInfo: {
      HardwareEncryptionCaps: 3,
      PasscodePresent: state.passcodeSet,
      PasscodeCompliant: state.passcodeSet,
      PasscodeCompliantWithProfiles: state.passcodeSet,
      PasscodeLockGracePeriod: 0,
      PasscodeLockGracePeriodEnforced: 0,
    },
  })
