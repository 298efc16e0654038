/** Our own line icons on a 24 grid: each is a list of paths, stroked, never filled. */

function circle(cx: number, cy: number, r: number): string {
  return `M${String(cx - r)} ${String(cy)}a${String(r)} ${String(r)} 0 1 0 ${String(2 * r)} 0a${String(r)} ${String(r)} 0 1 0 ${String(-2 * r)} 0z`
}

const CLOUD = 'M7.2 18.6a4.3 4.3 0 0 1-.5-8.6a5.6 5.6 0 0 1 10.9.9a3.9 3.9 0 0 1-.6 7.7z'

/** The paths of every icon, by the name components use. */
export const ICONS = {
  window: ['M4.5 10.5 12 4l7.5 6.5V20h-5v-5.5h-5V20h-5z'],
  list: ['M9.5 6.5H20M9.5 12H20M9.5 17.5H20', 'M4.7 6.5h.1M4.7 12h.1M4.7 17.5h.1'],
  book: ['M5.5 4.5h13v15h-13z', 'M5.5 15.5h13M9 8.5h6'],
  person: [circle(12, 8, 3.7), 'M4.8 20c.5-3.9 3.3-6 7.2-6s6.7 2.1 7.2 6'],
  people: [
    circle(9, 8.5, 3.2),
    'M3.2 19.3c.4-3.3 2.6-5.1 5.8-5.1s5.4 1.8 5.8 5.1',
    'M15.7 5.6a3.2 3.2 0 0 1 0 5.8M17.6 14.7c1.9.7 3 2.3 3.3 4.6',
  ],
  star: ['m12 4.3 2.3 4.9 5.2.7-3.8 3.7.9 5.3L12 16.4l-4.6 2.5.9-5.3-3.8-3.7 5.2-.7z'],
  lock: ['M6 10.5h12v9.5H6z', 'M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5'],
  search: [circle(10.7, 10.7, 5.9), 'm15.2 15.2 4.6 4.6'],
  scan: ['M4.5 8.5v-4h4M15.5 4.5h4v4M19.5 15.5v4h-4M8.5 19.5h-4v-4', 'M7.5 12h9'],
  print: ['M7.2 9V4.2h9.6V9', 'M7.2 17H4V9h16v8h-3.2', 'M7.2 13.8h9.6v6H7.2z'],
  'cloud-check': [CLOUD, 'm9.4 13.7 1.9 1.9 3.5-3.7'],
  'cloud-off': ['M6.7 10a4.3 4.3 0 0 0 .5 8.6h8M9.6 6.4a5.6 5.6 0 0 1 8 4.5a3.9 3.9 0 0 1 2 5.9', 'm4.3 4.3 15.4 15.4'],
  alert: ['M12 4.2 20.8 19.5H3.2z', 'M12 10v4.5M12 17v.1'],
  info: [circle(12, 12, 8.5), 'M12 11v5.3M12 7.8v.1'],
  check: ['m5 12.7 4.4 4.3L19 7.3'],
  'check-circle': [circle(12, 12, 8.7), 'm8 12.4 2.8 2.7 5.3-5.6'],
  clock: [circle(12, 12, 8.5), 'M12 7v5.3l3.5 2'],
  calendar: ['M4 5.7h16V20H4z', 'M4 10.2h16M8.3 3.5v4M15.7 3.5v4'],
  arrow: ['M4.5 12h14.5M13.2 6.2 19 12l-5.8 5.8'],
  back: ['m14.5 5.5-6.5 6.5 6.5 6.5'],
  up: ['M12 20V5.5M6 11l6-6 6 6'],
  swap: ['M4 8.5h14.5M15 5l3.5 3.5L15 12', 'M20 15.5H5.5M9 12l-3.5 3.5L9 19'],
  dots: [circle(5.5, 12, 0.9), circle(12, 12, 0.9), circle(18.5, 12, 0.9)],
  close: ['m6 6 12 12M18 6 6 18'],
  undo: ['M8.5 5 4.5 9l4 4', 'M4.5 9h9.5a5.2 5.2 0 0 1 0 10.4H8'],
  download: ['M12 4v11M6.8 10.3 12 15.5l5.2-5.2', 'M4.5 19.5h15'],
  shield: ['M12 3.8 18.8 6v5.6c0 4.2-2.7 7-6.8 8.7c-4.1-1.7-6.8-4.5-6.8-8.7V6z'],
  gear: [
    circle(12, 12, 3),
    'M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M18 6l-2.1 2.1M8.1 15.9 6 18',
  ],
  tablet: ['M5 3.7h14v16.6H5z', 'M10.5 17.3h3'],
  scale: ['M12 4v16M8 20h8M5.2 7h13.6', 'M5.2 7 2.7 13h5zM18.8 7l-2.5 6h5z'],
  refuse: [circle(12, 12, 8.5), 'm6.2 6.2 11.6 11.6'],
  doc: ['M6 3.7h8.2L18.5 8v12.3H6z', 'M14 3.7V8h4.5M9 12.5h6.5M9 16h6.5'],
  pin: ['M12 20.7c4.2-4.3 6.3-7.7 6.3-10.6a6.3 6.3 0 0 0-12.6 0c0 2.9 2.1 6.3 6.3 10.6z', circle(12, 10, 2.2)],
  phone: [
    'M6.3 4.3 9.2 4l1.5 4-1.9 1.5a11 11 0 0 0 5.7 5.7l1.5-1.9 4 1.5-.3 2.9c-.1 1-.8 1.7-1.8 1.7C10.6 19.4 4.6 13.4 4.6 6.1c0-1 .7-1.7 1.7-1.8z',
  ],
  stamp: ['M9.7 4.5h4.6l-.7 6.7h4.9V16H5.5v-4.8h4.9z', 'M5 19.7h14'],
  erase: ['M9.2 6H20v12H9.2L3.8 12z', 'm12 9.7 4.5 4.6M16.5 9.7 12 14.3'],
  key: [circle(8.5, 14.5, 4), 'm11.4 11.6 8-8M16 7l3 3'],
  plus: ['M12 5v14M5 12h14'],
  mail: ['M4 6h16v12.5H4z', 'm4.3 7 7.7 6.2L19.7 7'],
  chart: ['M4.5 4v15.5H20', 'M8.7 16v-4M13 16V8.5M17.3 16v-6'],
} as const satisfies Record<string, readonly string[]>

/** A name AppIcon can draw. */
export type IconName = keyof typeof ICONS
