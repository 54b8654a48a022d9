/**
 * The line to the test: `{ id, command, argument }` in, `{ id, value }` or `{ id, error }` out, and
 * `{ event, detail }` for everything worth knowing that happened.
 */
const commands = new Map()
const events = []

export function record(event, detail) {
  events.push({ event, detail })
  process.send?.({ event, detail })
}

export function onCommand(name, handler) {
  commands.set(name, handler)
}

onCommand('events', () => events)

process.on('message', async ({ id, command, argument }) => {
  try {
    const handler = commands.get(command)
    if (!handler) throw new Error(`unknown command ${command}`)
    process.send({ id, value: (await handler(argument)) ?? null })
  } catch (error) {
    process.send({ id, error: String(error) })
  }
})
// The test is gone: so is the app.
process.on('disconnect', () => process.exit(1))
