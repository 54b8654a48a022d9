/** A reader whose parser never comes back: it takes its order and then neither reports nor listens. */
process.on('message', () => {
  for (;;);
})
process.send({ type: 'ready' })
