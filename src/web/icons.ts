/** The few pictograms of the page, drawn as strokes in the colour of the text beside them. */
const paths = {
  check: 'M4 10.5 8 14.5 16 6',
  cross: 'M5.5 5.5 14.5 14.5 M14.5 5.5 5.5 14.5',
  question: 'M7 7.4a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.3 M10 15.3v.2',
  minus: 'M5.5 10h9',
  eye: 'M3 3l14 14 M8.2 5.1A8 8 0 0 1 10 4.9c4 0 6.7 3.2 7.5 5.1a9 9 0 0 1-2.2 3 M5.4 6.6A9.5 9.5 0 0 0 2.5 10c.8 1.9 3.5 5.1 7.5 5.1a7.8 7.8 0 0 0 3.3-.7',
  chevron: 'M7.5 5.5 12 10l-4.5 4.5',
  copy: 'M7.5 7.5h8v8h-8z M12.5 7.5v-3h-8v8h3',
  link: 'M8.5 11.5 11.5 8.5 M9.5 6.5l1.6-1.6a3 3 0 0 1 4.2 4.2L13.7 10.7 M10.5 13.5l-1.6 1.6a3 3 0 0 1-4.2-4.2L6.3 9.3',
  warning: 'M10 3.5 17.5 16.5h-15z M10 8.5v3.5 M10 14.2v.2',
  theme: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M10 3v14 M10 6.5h5.5 M10 10h6.8 M10 13.5h5.5',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M10 9.3v4 M10 6.7v.2',
} as const

export type IconName = keyof typeof paths

const svg = 'http://www.w3.org/2000/svg'

/** An icon that says nothing to a screen reader: the words beside it do. */
export function icon(name: IconName): SVGSVGElement {
  const root = document.createElementNS(svg, 'svg')
  root.setAttribute('viewBox', '0 0 20 20')
  root.setAttribute('class', 'icon')
  root.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(svg, 'path')
  path.setAttribute('d', paths[name])
  root.append(path)
  return root
}
