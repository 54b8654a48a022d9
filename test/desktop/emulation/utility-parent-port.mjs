/** Gives a forked Node process the `process.parentPort` of Electron's utility process. */
import { EventEmitter } from 'node:events'
import { isMainThread } from 'node:worker_threads'

class Port extends EventEmitter {
  #id
  #send
  #waiting = []
  #started = false
  constructor(id, send) {
    super()
    this.#id = id
    this.#send = send
  }
  postMessage(data) {
    this.#send({ port: this.#id, data })
  }
  start() {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] })
  }
  close() {
    this.#send({ port: this.#id, closed: true })
  }
  receive(data) {
    if (this.#started) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
}

/** Worker threads are started with the same flags; only the process itself has a parent. */
if (isMainThread) connectToParent()

function connectToParent() {
  const ports = new Map()
  const send = process.send.bind(process)
  const parentPort = new EventEmitter()
  parentPort.postMessage = (data) => void send({ data })

  process.on('message', (message) => {
    if ('port' in message) {
      const port = ports.get(message.port)
      if (!message.closed) return port?.receive(message.data)
      ports.delete(message.port)
      return port?.emit('close')
    }
    const arrived = message.ports.map((id) => {
      const port = new Port(id, send)
      ports.set(id, port)
      return port
    })
    parentPort.emit('message', { data: message.data, ports: arrived })
  })
  process.on('disconnect', () => process.exit(0))

  Object.defineProperty(process, 'parentPort', { value: parentPort })
  // A utility process has no `process.send`: code that tells the hosts apart by it must not be misled.
  Object.defineProperty(process, 'send', { value: undefined })
}
