import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { onCommand, record } from './control.mjs'

const NO_BROWSER = '/no/browser/here'

/** The engines that run now, for the test that kills one; the readers that an engine asks for come and go. */
const running = new Set()
onCommand('engine-pids', () => [...running].map((child) => child.pid))

class UtilityProcess extends EventEmitter {
  #child
  #ports = new Map()
  #nextPort = 1

  constructor(modulePath, args, options) {
    super()
    const shim = new URL('./utility-parent-port.mjs', import.meta.url).href
    this.#child = fork(modulePath, args, {
      // As on a computer without a browser: what is printed is printed by the app itself.
      env: { ...(options?.env ?? process.env), CHROMIUM: NO_BROWSER },
      execArgv: ['--import', shim],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const kind = options?.serviceName?.endsWith('reader') ? 'reader' : 'engine'
    if (kind === 'engine') running.add(this.#child)
    record(`${kind}-started`, { pid: this.#child.pid, serviceName: options?.serviceName })
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#child.on('message', (message) => this.#receive(message))
    this.#child.on('exit', (code) => {
      running.delete(this.#child)
      for (const port of this.#ports.values()) port.close()
      record(`${kind}-ended`, { pid: this.#child.pid, code })
      this.emit('exit', code ?? 1)
    })
  }

  get pid() {
    return this.#child.pid
  }

  postMessage(data, ports = []) {
    this.#send({ data, ports: ports.map((port) => this.#adopt(port)) })
  }
  kill() {
    return this.#child.kill('SIGKILL')
  }

  #adopt(port) {
    const id = this.#nextPort++
    const back = port.transfer(
      (data) => this.#send({ port: id, data }),
      () => {
        this.#ports.delete(id)
        this.#send({ port: id, closed: true })
      },
    )
    this.#ports.set(id, back)
    return id
  }
  #receive(message) {
    if (!('port' in message)) return this.emit('message', message.data)
    const port = this.#ports.get(message.port)
    if (!message.closed) port?.post(message.data)
    else {
      this.#ports.delete(message.port)
      port?.close()
    }
  }
  #send(message) {
    if (this.#child.connected) this.#child.send(message, () => {})
  }
}

export const utilityProcess = {
  fork: (modulePath, args, options) => new UtilityProcess(modulePath, args, options),
}
