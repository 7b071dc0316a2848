import { type Db } from 'mongodb'
import { openStates } from '../../mdm/command-queue.ts'
import { type Counts } from './metrics.ts'

/** Commands of all organisations that have not ended, by state; a state without any is 0. */
export function openCommands(db: Db): Counts {
  return async () => {
    const groups = await db
      .collection('commands')
      .aggregate<{ _id: string; count: number }>([
        // In these words the index of open commands alone is read, however many have ended.
        { $match: { open: true, enrolmentId: { $gt: '' } } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ])
      .toArray()
    return openStates.map(which => ({ which, count: groups.find(({ _id }) => _id === which)?.count ?? 0 }))
  }
}

/** iPads of all organisations by management. */
export function devicesByManagement(db: Db): Counts {
  return async () => {
    const groups = db
      .collection('devices')
      .aggregate<{ _id: string; count: number }>([{ $group: { _id: '$management', count: { $sum: 1 } } }])
    return (await groups.toArray()).map(({ _id: which, count }) => ({ which, count }))
  }
}
