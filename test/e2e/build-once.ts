import { builtApp } from '../support/built-app'

export default async function buildOnce(): Promise<void> {
  await builtApp()
}
