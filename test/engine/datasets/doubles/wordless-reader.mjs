/** A reader that ends without an answer, after saying things no engine asked for. */
process.on('message', () => {
  process.send({ type: 'progress', fraction: 'much' })
  process.send('hello')
  process.send(null, () => process.exit(0))
})
process.send({ type: 'ready' })
