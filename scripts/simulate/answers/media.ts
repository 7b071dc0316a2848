import { malformed, refusedCommand, textOf, told, type Answering } from './answer.ts'

/** The book is there at once: what a simulated iPad fetches it does not read. */
export const installMedia: Answering = ({ parameters }, { state }) => {
  const url = textOf(parameters, 'MediaURL')
  const identifier = textOf(parameters, 'PersistentID')
  if (parameters['MediaType'] !== 'Book' || url === undefined || identifier === undefined) return malformed
  if (!/^https?:/.test(url)) return refusedCommand(12_041, 'The book could not be downloaded.')
  const book = {
    identifier,
    url,
    version: textOf(parameters, 'Version') ?? '',
    title: textOf(parameters, 'Title') ?? '',
  }
  const others = state.books.filter(each => each.identifier !== identifier)
  return told(
    { MediaURL: url, PersistentID: identifier, MediaType: 'Book', State: 'Installing' },
    { ...state, books: [...others, book] },
  )
}

/** Apple: acknowledged even if it is not there. */
export const removeMedia: Answering = ({ parameters }, { state }) => {
  const identifier = textOf(parameters, 'PersistentID')
  if (identifier === undefined) return malformed
  return told({}, { ...state, books: state.books.filter(book => book.identifier !== identifier) })
}

export const managedMediaList: Answering = (_, { state }) =>
  told({
    Books: state.books.map(({ identifier, version, title }) => ({
      PersistentID: identifier,
      Version: version,
      Title: title,
      Kind: 'pdf',
      State: 'Managed',
    })),
  })
