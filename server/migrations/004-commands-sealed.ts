import { type AnyBulkWriteOperation } from 'mongodb'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Migration } from './migration.ts'

interface Row {
  readonly _id: string
  readonly parameters: string
}

const atOnce = 500

/** Seals what older commands carried, such as passwords of profiles, which were stored as text. */
export function commandsSealed({ sealSecret }: Pick<SecretBox, 'sealSecret'>): Migration {
  const sealing = ({ _id, parameters }: Row): AnyBulkWriteOperation<Row> => ({
    updateOne: {
      filter: { _id, parameters },
      update: {
        $set: { parameters: sealSecret(Buffer.from(parameters, 'utf8'), `command/${_id}/parameters`) },
      },
    },
  })
  return {
    number: 4,
    name: 'commands sealed',
    run: async db => {
      const commands = db.collection<Row>('commands')
      let open: AnyBulkWriteOperation<Row>[] = []
      const write = async () => {
        if (open.length > 0) await commands.bulkWrite(open, { ordered: false })
        open = []
      }
      for await (const row of commands.find({ parameters: /^\{/ }, { projection: { parameters: 1 } })) {
        open.push(sealing(row))
        if (open.length === atOnce) await write()
      }
      await write()
    },
  }
}
