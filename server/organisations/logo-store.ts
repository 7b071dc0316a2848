export interface LogoStore {
  /** The one logo of the organisation from now on. */
  put(organisationId: string, logo: { readonly sha256: string; readonly bytes: Buffer }): Promise<void>
  remove(organisationId: string): Promise<void>
  /** Whoever has it: the address of a logo is the hash of what it shows. */
  bytesOf(sha256: string): Promise<Buffer | undefined>
}
