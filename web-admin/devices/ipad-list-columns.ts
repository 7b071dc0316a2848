import { dayAndTime, stamp } from '../dates.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Column } from '../tables/columns.ts'

/** The tag of each iPad in a list of what is to be seen to, leading to that part of its page. */
export const tagColumn = <Row extends { readonly assetTag: string; readonly deviceId: string }>(
  part: string,
): Column<Row> => ({
  key: 'assetTag',
  text: 'device.tag',
  sort: 'assetTag',
  show: ({ assetTag, deviceId }) => ({
    text: assetTag,
    href: `/devices/${deviceId}#${part}`,
    isUnbroken: true,
  }),
  file: ({ assetTag }) => assetTag,
})

/** When the iPad told what the list is about. */
export const toldColumn = <Row extends { readonly reportedAt?: Date }>(language: Language): Column<Row> => ({
  key: 'reportedAt',
  text: 'device.reported',
  show: ({ reportedAt }) =>
    reportedAt && { text: dayAndTime(reportedAt, language), isSoft: true, isUnbroken: true },
  file: ({ reportedAt }) => reportedAt && stamp(reportedAt),
})
