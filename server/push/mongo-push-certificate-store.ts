import { type Tables } from '../database/tables.ts'
import { type KeptPushCertificate, type PushCertificateStore } from './push-certificates.ts'

const only = 'installation'

/** The push certificate in the database, one row. */
export function createMongoPushCertificateStore(tables: Tables): PushCertificateStore {
  const certificates = tables.defineShared<KeptPushCertificate & { readonly _id: string }>({
    name: 'pushCertificates',
    tenancy: { sharedBecause: 'all organisations of an installation push under one topic' },
    fields: {
      certificate: { type: String, required: true },
      sealedKey: { type: String, required: true },
      topic: { type: String, required: true },
      expiresAt: { type: Date, required: true },
      uploadedAt: { type: Date, required: true },
      uploadedBy: { type: String, required: true },
    },
    indexes: [],
  })
  return {
    find: () => certificates.findOne({ _id: only }),
    async save(kept) {
      await certificates.updateOne({ _id: only }, { $set: kept }, { upsert: true })
    },
  }
}
