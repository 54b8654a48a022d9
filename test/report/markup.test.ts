import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanText,
  gene,
  html,
  jsonForScript,
  render,
  shortName,
  trusted,
} from '../../src-main/report/markup'

describe('markup', () => {
  it('escapes every text that is put into a template', () => {
    const name = `<img src=x onerror="alert('1')">&`
    expect(render(html`<td title="${name}">${name}</td>`)).toBe(
      '<td title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</td>',
    )
  })

  it('leaves out what is false or absent and joins lists', () => {
    expect(render(html`<p>${false}${null}${undefined}${['a', 1, trusted('<b>')]}</p>`)).toBe('<p>a1<b></p>')
  })

  it('shows bidi controls, control characters and half surrogates as replacement characters', () => {
    expect(cleanText('a\u202Eb\u0000c\u2028d\uD800e\u200Bf\uFFFFg')).toBe(
      'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg',
    )
    expect(cleanText('tab\tand\r\nbreak')).toBe('tab and break')
    expect(cleanText('β-Actin 遺伝子 😀')).toBe('β-Actin 遺伝子 😀')
  })

  it('never lets a text end its element or attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const markup = render(html`${text}`)
        expect(markup).not.toMatch(/[<>"']/)
        expect(markup).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/)
      }),
    )
  })

  it('keeps JSON parseable and harmless inside a script block', () => {
    const value = { name: '</script><!--\u2028&', list: [1, null] }
    const { markup } = jsonForScript(value)
    expect(markup).not.toMatch(/[<>&\u2028\u2029]/)
    expect(JSON.parse(markup)).toEqual(value)
  })

  it('shortens a long name in its middle and keeps the whole name as a title', () => {
    const long = `${'A'.repeat(9_990)}END_OF_NAME`
    expect(shortName(long, 20)).toBe(`${'A'.repeat(14)}…_NAME`)
    expect(render(gene(long))).toContain(`title="${long}"`)
    expect(render(gene('TP53'))).toBe('<i class="name nb"><bdi>TP53</bdi></i>')
  })
})
