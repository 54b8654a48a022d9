import { describe, expect, it } from 'vitest'
import { analyze } from '../../src-main/hosts/command-line/analyze'
import { benchmark } from '../../src-main/hosts/command-line/benchmark'
import { commandHelp } from '../../src-main/hosts/command-line/help'
import { optionGroups } from '../../src-main/hosts/command-line/option-groups'
import { reproduce } from '../../src-main/hosts/command-line/reproduce'
import { simulate } from '../../src-main/hosts/command-line/simulate'
import { targets } from '../../src-main/hosts/command-line/targets'
import { validate } from '../../src-main/hosts/command-line/validate'

describe('headings of a long help', () => {
  it.each(Object.entries({ analyze, benchmark, reproduce, simulate, targets, validate }))(
    '%s lists every option once',
    (name, command) => {
      const listed = optionGroups(command.options).flatMap(({ options }) => options)
      expect(listed.toSorted()).toEqual(Object.keys(command.options).toSorted())
      const help = commandHelp(name, command)
      for (const option of listed) expect(help.match(new RegExp(`^  --${option}( |$)`, 'gm'))).toHaveLength(1)
    },
  )

  it('puts every option of analyze under a heading, and a short help under one', () => {
    expect(optionGroups(analyze.options).map(({ title }) => title)).not.toContain('Options')
    expect(optionGroups(simulate.options).map(({ title }) => title)).toEqual(['Options'])
  })
})
