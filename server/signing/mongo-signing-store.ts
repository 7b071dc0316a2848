import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type KeptSigningCertificate, type SigningStore } from './signing-store.ts'

export function createMongoSigningStore(tables: Tables): SigningStore {
  const certificates = tables.define<Stored<KeptSigningCertificate>>({
    name: 'signingCertificates',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      certificate: { type: String, required: true },
      chain: [String],
      sealedKey: { type: String, required: true },
      subject: String,
      issuer: String,
      expiresAt: { type: Date, required: true },
      uploadedAt: Date,
      uploadedBy: { id: String, name: String },
      warned: Number,
    },
    indexes: [[{ expiresAt: 1 }]],
  })
  return {
    async find(organisationId) {
      const row = await certificates.within(organisationId).findOne({ _id: organisationId })
      return row && fromRow<KeptSigningCertificate>(row)
    },
    async save(kept) {
      const own = certificates.within(kept.organisationId)
      // Replaced as a whole, so that the warnings of the one before are forgotten.
      if (!(await own.replaceOne({ _id: kept.id }, toRow(kept)))) await own.insert(toRow(kept))
    },
    remove: async organisationId =>
      (await certificates.within(organisationId).deleteMany({ _id: organisationId })) > 0,
    endingBefore: async day =>
      (
        await certificates
          .acrossOrganisations('certificates end in every organisation')
          .find({ expiresAt: { $lt: day } })
      ).map(row => fromRow<KeptSigningCertificate>(row)),
    warn: (organisationId, certificate, days) =>
      certificates.within(organisationId).updateOne(
        {
          _id: organisationId,
          certificate,
          $or: [{ warned: { $exists: false } }, { warned: { $gt: days } }],
        },
        { $set: { warned: days } },
      ),
  }
}
