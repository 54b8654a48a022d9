/** Eight colours of viridis (van der Walt & Smith 2015), dark to light. */
const VIRIDIS = [
  [0x44, 0x01, 0x54],
  [0x46, 0x32, 0x7e],
  [0x36, 0x5c, 0x8d],
  [0x27, 0x7f, 0x8e],
  [0x1f, 0xa1, 0x87],
  [0x4a, 0xc1, 0x6d],
  [0xa0, 0xda, 0x39],
  [0xfd, 0xe7, 0x25],
] as const

/** @param place 0 … 1, beyond is the end @returns `#rrggbb` between the two neighbours */
export function viridis(place: number): string {
  const at = Math.max(0, Math.min(1, place)) * (VIRIDIS.length - 1)
  const below = Math.min(VIRIDIS.length - 2, Math.floor(at))
  const channel = (c: 0 | 1 | 2): string => {
    const [a, b] = [VIRIDIS[below]![c], VIRIDIS[below + 1]![c]]
    return Math.round(a + (at - below) * (b - a))
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(1)}${channel(2)}`
}
