import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type DeviceChannel } from './device-channel.ts'
import { type Hardware } from './hardware.ts'
import { SimulationError } from './simulation-error.ts'

interface Item {
  readonly Identifier: string
  readonly ServerToken: string
}

interface Manifest {
  readonly Declarations: Readonly<
    Record<'Activations' | 'Assets' | 'Configurations' | 'Management', readonly Item[]>
  >
}

const kinds = {
  Activations: 'activation',
  Assets: 'asset',
  Configurations: 'configuration',
  Management: 'management',
} as const

/**
 * Fetches what the server declares and reports on it, as an iPad does after a DeclarativeManagement command.
 * Returns the identifiers of the declarations it has now. Throws `SimulationError`.
 */
export async function synchroniseDeclarations(channel: DeviceChannel, hardware: Hardware): Promise<string[]> {
  const ask = (endpoint: string, data?: object): PlistDictionary => ({
    MessageType: 'DeclarativeManagement',
    UDID: hardware.udid,
    Endpoint: endpoint,
    ...(data && { Data: Buffer.from(JSON.stringify(data)) }),
  })
  await channel.checkIn(ask('tokens'))
  const manifest = JSON.parse(
    Buffer.from(await channel.checkIn(ask('declaration-items'))).toString(),
  ) as Manifest
  const active: (Item & { kind: string })[] = []
  for (const [list, kind] of Object.entries(kinds)) {
    for (const item of manifest.Declarations[list as keyof typeof kinds]) {
      const answer = await channel.declare(ask(`declaration/${kind}/${item.Identifier}`))
      // 404 means that it is withdrawn; anything else but success is tried again another time.
      if (answer.status === 200) active.push({ ...item, kind: list.toLowerCase() })
      else if (answer.status !== 404)
        throw new SimulationError(`A declaration was answered ${answer.status}.`)
    }
  }
  await channel.checkIn(ask('status', statusReport(hardware, active)))
  return active.map(({ Identifier }) => Identifier)
}

function statusReport(hardware: Hardware, active: readonly (Item & { kind: string })[]): object {
  const of = (kind: string) =>
    active
      .filter(item => item.kind === kind)
      .map(({ Identifier, ServerToken }) => ({
        identifier: Identifier,
        'server-token': ServerToken,
        active: true,
        valid: 'valid',
      }))
  return {
    StatusItems: {
      management: {
        declarations: {
          activations: of('activations'),
          assets: of('assets'),
          configurations: of('configurations'),
          management: of('management'),
        },
      },
      device: {
        identifier: { udid: hardware.udid, 'serial-number': hardware.serialNumber },
        model: { family: 'iPad', identifier: hardware.productName },
        'operating-system': { family: 'iPadOS', version: hardware.osVersion },
      },
    },
    Errors: [],
  }
}
