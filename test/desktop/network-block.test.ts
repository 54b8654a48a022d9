import { describe, expect, it } from 'vitest'
import { isLocalAddress } from '../../src-main/desktop/network-block'

describe('The network block', () => {
  it.each(['app://metacadi/index.html', 'blob:app://metacadi/1', 'data:image/png;base64,AA=='])(
    'lets %s pass',
    (address) => {
      expect(isLocalAddress(address)).toBe(true)
    },
  )

  it.each([
    'https://example.org/',
    'http://127.0.0.1:5173/',
    'ws://localhost/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'devtools://devtools/x.js',
    'chrome-extension://x/',
    'nonsense',
  ])('refuses %s in the packaged app', (address) => {
    expect(isLocalAddress(address)).toBe(false)
  })

  it('lets the development server pass, and only that one', () => {
    const development = 'http://localhost:5173'
    expect(isLocalAddress('http://localhost:5173/app/main.ts', development)).toBe(true)
    expect(isLocalAddress('ws://localhost:5173/', development)).toBe(true)
    expect(isLocalAddress('http://localhost:5174/', development)).toBe(false)
    expect(isLocalAddress('https://example.org/', development)).toBe(false)
  })
})
