import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { stale } from '../stale.ts'
import { targetKey, type Assignment } from './assignment.ts'
import { type AssignmentStore } from './assignment-store.ts'
import { contentKey } from './content.ts'

interface AssignmentRow extends Stored<Assignment> {
  readonly contentKey: string
  readonly targetKey: string
}

export function createMongoAssignmentStore(tables: Tables): AssignmentStore {
  const assignments = tables.define<AssignmentRow>({
    name: 'assignments',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      content: { kind: String, id: String, _id: false },
      contentKey: { type: String, required: true },
      target: { type: Object, required: true },
      targetKey: { type: String, required: true },
      excludedDeviceIds: [String],
      pinned: Number,
      stable: Number,
      rolloutId: String,
      plan: { type: Object, required: true },
      state: { type: String, required: true },
      createdAt: { type: Date, required: true },
      createdBy: { id: String, name: String, _id: false },
      version: { type: Number, required: true },
    },
    indexes: [
      [
        { organisationId: 1, contentKey: 1, targetKey: 1 },
        { unique: true, partialFilterExpression: { state: 'active' } },
      ],
      [{ organisationId: 1, contentKey: 1, createdAt: -1 }],
      [{ organisationId: 1, state: 1, createdAt: 1 }],
      [{ state: 1 }],
    ],
  })
  const rowOf = (assignment: Assignment): AssignmentRow => ({
    ...toRow(assignment),
    contentKey: contentKey(assignment.content),
    targetKey: targetKey(assignment.target),
  })

  return {
    async find(organisationId, id) {
      const row = await assignments.within(organisationId).findOne({ _id: id })
      return row && toAssignment(row)
    },
    active: async organisationId =>
      (await assignments.within(organisationId).find({ state: 'active' }, { sort: { createdAt: 1 } })).map(
        toAssignment,
      ),
    ofContent: async (organisationId, content) =>
      (
        await assignments
          .within(organisationId)
          .find({ contentKey: contentKey(content) }, { sort: { createdAt: -1 } })
      ).map(toAssignment),
    async insert(assignment) {
      try {
        await assignments.within(assignment.organisationId).insert(rowOf(assignment))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new DomainError(
          'conflict',
          'assigned-already',
          'It is already assigned there. Roll out another version instead.',
        )
      }
    },
    async save(assignment) {
      const saved = await assignments
        .within(assignment.organisationId)
        .replaceOne({ _id: assignment.id, version: assignment.version - 1 }, rowOf(assignment))
      if (!saved) throw stale('assignment')
    },
    organisationIds: async () => {
      const rows = await assignments
        .acrossOrganisations('what should be on iPads is looked after in every organisation')
        .aggregate<{ _id: string }>([{ $match: { state: 'active' } }, { $group: { _id: '$organisationId' } }])
      return rows.map(({ _id }) => _id)
    },
  }
}

function toAssignment(row: AssignmentRow): Assignment {
  const assignment = fromRow<Assignment>(row) as Assignment & Partial<AssignmentRow>
  Reflect.deleteProperty(assignment, 'contentKey')
  Reflect.deleteProperty(assignment, 'targetKey')
  // Kept here until what one person does was added up over all assignments.
  Reflect.deleteProperty(assignment, 'letIn')
  return assignment
}
