import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { formatRoute, parseRoute, type ResultTab, type Route } from '../services/route'

/** Which screen is shown. The address mirrors it, so reload, back and forward work. */
export const useRoute = defineStore('route', () => {
  const current = shallowRef<Route>(parseRoute(location.hash))
  // back, forward, and an address that the user typed
  addEventListener('hashchange', () => {
    current.value = parseRoute(location.hash)
  })

  function go(route: Route): void {
    const hash = formatRoute(route)
    current.value = route
    // Unlike location.hash this looks for nothing to scroll to, for which the browser would lay out the page that is left.
    if (location.hash !== hash) window.history.pushState(null, '', hash)
  }
  function goTab(tab: ResultTab): void {
    const route = current.value
    if (route.name === 'results') go({ ...route, tab })
  }
  return { current, go, goTab }
})
