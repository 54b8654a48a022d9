/** The yardstick of `import.mjs`: papaparse cuts a file into rows and nothing is done with them. Prints the number of cells. */
import { createReadStream } from 'node:fs'
import Papa from 'papaparse'

let cells = 0
Papa.parse(createReadStream(process.argv[2], { highWaterMark: 256 * 1024, encoding: 'utf8' }), {
  chunk: ({ data }) => {
    for (const row of data) cells += row.length
  },
  complete: () => console.log(cells),
})
