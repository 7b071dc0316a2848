import { DateTime } from 'luxon'
import { type Moments } from '../../profiles/editor/form-field.ts'
import { zone } from '../calendar-day.ts'

/** Moments as a browser's field writes them, `2026-11-22T14:05`, on the municipality's clock. */
export const moments: Moments = {
  show: at => DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm"),
  read: text => {
    const at = DateTime.fromISO(text, { zone })
    return at.isValid ? at.toJSDate() : undefined
  },
}
