import { constants, createCipheriv, publicEncrypt, randomBytes, type X509Certificate } from 'node:crypto'
import { contentInfo } from '../../profiles/cms/content-info.ts'
import {
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from '../../profiles/cms/der-writer.ts'
import { oid } from '../../profiles/cms/object-identifiers.ts'
import { nameCertificate } from '../../profiles/cms/sign-data.ts'

/** An envelope in single DES, as old clients send it and nothing here writes it. */
export function aDesEnvelope(content: Uint8Array, recipient: X509Certificate): Buffer {
  const [key, iv] = [randomBytes(8), randomBytes(8)]
  const encryptor = createCipheriv('des-ede3-cbc', Buffer.concat([key, key, key]), iv)
  const text = Buffer.concat([encryptor.update(content), encryptor.final()])
  const wrapped = publicEncrypt({ key: recipient.publicKey, padding: constants.RSA_PKCS1_PADDING }, key)
  const recipientInfo = sequence(
    integer(0),
    nameCertificate(recipient),
    sequence(objectIdentifier(oid.rsaEncryption), nullValue()),
    octetString(wrapped),
  )
  const encrypted = sequence(
    objectIdentifier(oid.data),
    sequence(objectIdentifier('1.3.14.3.2.7'), octetString(iv)),
    contextPrimitive(0, text),
  )
  return contentInfo(oid.envelopedData, sequence(integer(0), setOf([recipientInfo]), encrypted))
}
