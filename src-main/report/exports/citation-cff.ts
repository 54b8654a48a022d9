import type { Exporter } from './exporter'

/** `CITATION.cff` 1.2.0 of the program that made the result, with the paper as its reference. */
export const citationCff: Exporter = ({ result }) => {
  return [
    'cff-version: 1.2.0',
    'message: Please cite this software and the paper whose idea it follows.',
    'title: MetaCaDI Desktop',
    'type: software',
    `version: ${JSON.stringify(result.app.version)}`,
    'authors:',
    '  - name: The MetaCaDI Desktop contributors',
    'license: Apache-2.0',
    'references:',
    '  - type: article',
    '    title: "MetaCaDI: A Meta-Learning Framework for Scalable Causal Discovery with Unknown Interventions"',
    '    authors:',
    '      - family-names: Ong',
    '        given-names: Hans Jarett',
    '      - family-names: Chikahara',
    '        given-names: Yoichi',
    '      - family-names: Iwata',
    '        given-names: Tomoharu',
    '    year: 2025',
    '    identifiers:',
    '      - type: other',
    '        value: "arXiv:2510.22298"',
    '    url: https://arxiv.org/abs/2510.22298',
    '',
  ].join('\n')
}
