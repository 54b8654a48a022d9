import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { formatRoute, parseRoute, type ResultTab, type Route } from '../services/route'

/** Which screen is shown. The address mirrors it, so reload, back and forward work. */
export const useRoute = defineStore('route', () => {
  const current = shallowRef<Route>(parseRoute(location.hash))
  addEventListener('hashchange', () => {
    current.value = parseRoute(location.hash)
  })

  function go(route: Route): void {
    const hash = formatRoute(route)
    current.value = route
    if (location.hash !== hash) location.hash = hash
  }
  function goTab(tab: ResultTab): void {
    const route = current.value
    if (route.name === 'results') go({ ...route, tab })
  }
  return { current, go, goTab }
})
