/** Outlines on a grid of 24, drawn for Örnkoll; the stroke comes from the style sheet. */
const shapes = {
  start: 'M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4v-5H9v5H5a1 1 0 0 1-1-1z',
  tablet: 'M6 3h12a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2',
  'hand-out': 'M13 3H6a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-8M10 14l1-3.5L18.5 3 21 5.5 13.5 13z',
  returns: 'M4 4v6h6M4.5 10A8 8 0 1 1 4 13.5',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-4 3-6 6.500-6s6.100 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.200M18 14.300c2 .9 3.200 2.800 3.500 5.700',
  theft:
    'M12 3l7.500 2.700V11c0 4.800-3 8.200-7.500 10-4.500-1.800-7.500-5.200-7.500-10V5.700zM12 8v5M12 16v.5',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 2h-15zM10 20.500a2.200 2.200 0 0 0 4 0',
  approvals: 'M4 12.500 9.500 18 20 7',
  costs: 'M5 20V10M10 20V4M15 20v-7M20 20V8',
  settings:
    'M12 15.200a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zM12 2.500v3M12 18.500v3M4 5.500l2.100 2.100M17.900 16.400l2.100 2.100M2.500 12h3M18.500 12h3M4 18.500l2.100-2.100M17.900 7.600 20 5.500',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500 20.500 20.500',
  plus: 'M12 5v14M5 12h14',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.500l3.500 2',
  warning: 'M12 3.500 22 20.500H2zM12 10v4.500M12 17.300v.4',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.4',
  done: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.300l2.800 2.800L16.200 9.500',
  stopped: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 8.500l7 7M15.500 8.500l-7 7',
  lock: 'M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM8 11V7.500a4 4 0 0 1 8 0V11',
  unlock:
    'M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM8 11V7.500a4 4 0 0 1 7.600-1.700',
  place:
    'M12 21c4.500-4.600 7-8.200 7-11a7 7 0 0 0-14 0c0 2.800 2.500 6.400 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  sound: 'M4 9.500h3.500L12 5.500v13l-4.500-4H4zM15.500 9a4.500 4.500 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  wipe: 'M4 7h16M9.500 7V4h5v3M6.500 7l1 13.500h9l1-13.500M10.500 11v6M13.500 11v6',
  refresh:
    'M20 5v5.500h-5.500M4 19v-5.500h5.500M5 9.500a7.500 7.500 0 0 1 13.500-2.300L20 10.500M19 14.500a7.500 7.500 0 0 1-13.500 2.300L4 13.500',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500H14zM17.500 17.500H20V20h-2.500z',
  markup: 'M8.500 7.500 4 12l4.500 4.500M15.500 7.500 20 12l-4.500 4.500',
  download: 'M12 4v11M7.500 11 12 15.500 16.500 11M4.500 19.500h15',
  upload: 'M12 15.500V4.500M7.500 9 12 4.500 16.500 9M4.500 19.500h15',
  next: 'M9.500 5.500 16 12l-6.500 6.500',
  back: 'M14.500 5.500 8 12l6.500 6.500',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  'sign-out': 'M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10.500 12H21M17.500 8.500 21 12l-3.500 3.500',
  pen: 'M4 20l1.200-4.800L16.500 4 20 7.500 8.800 18.800z',
  phone:
    'M5 4h4l2 5-2.500 1.800a12 12 0 0 0 5 5L15.500 13l5 2v4a1 1 0 0 1-1.100 1C11 19.300 4.700 13 4 5.100A1 1 0 0 1 5 4z',
  paper:
    'M7 3h7.500L19 7.500V20a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5M9.500 13h6M9.500 16.500h6',
  body: 'M4 20h16M5.500 20V10M18.500 20V10M10 20v-6M14 20v-6M3.500 10 12 4.500 20.500 10z',
} as const

export type IconName = keyof typeof shapes

/** Every icon, for the page that shows them. */
export const iconNames = Object.keys(shapes) as readonly IconName[]

/** The icon as inline SVG, hidden from screen readers: words beside it carry the meaning. Empty for an unknown name. */
export function iconSvg(name: string): string {
  if (!Object.hasOwn(shapes, name)) return ''
  return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${shapes[name as IconName]}"/></svg>`
}
