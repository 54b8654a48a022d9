import { SETTINGS, type ScalarSetting } from '../../src-shared/contract/settings'

interface SettingText {
  readonly label: string
  readonly help: string
  /** by value */
  readonly choices: Readonly<Record<string, string>>
}

/** The settings of a run in English: what the one registry says. */
export const settings = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, { label, help, choices = [] }]) => [
    name,
    { label, help, choices: Object.fromEntries(choices.map((one) => [one.value, one.label])) },
  ]),
) as unknown as Readonly<Record<ScalarSetting, SettingText>>
