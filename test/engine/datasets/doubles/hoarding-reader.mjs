/** A reader that fills its heap with objects until V8 gives up. */
process.on('message', () => {
  const kept = []
  for (;;) kept.push(Array.from({ length: 1000 }, () => ({})))
})
process.send({ type: 'ready' })
