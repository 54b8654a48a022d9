/** Counts what the page asked of any other origin: the figure behind "0 outside requests" in the status bar. */
export function watchOutsideRequests(onCount: (count: number) => void): void {
  let count = 0
  const isOutside = (address: string): boolean => {
    const url = new URL(address, location.href)
    if (url.protocol === 'blob:' || url.protocol === 'data:') return false
    return url.host !== location.host
  }
  new PerformanceObserver((list) => {
    count += list.getEntries().filter((entry) => isOutside(entry.name)).length
    onCount(count)
  }).observe({ type: 'resource', buffered: true })
  // A request that the content security policy stopped was an attempt all the same.
  document.addEventListener('securitypolicyviolation', (event) => {
    if (!/^https?:|^wss?:/.test(event.blockedURI)) return
    if (isOutside(event.blockedURI)) onCount(++count)
  })
}
