import { EventEmitter } from 'node:events'

/**
 * One end of a message channel. Before it is transferred it delivers to its own listeners; `transfer` hands what
 * arrives here to another place (the page, the engine process) and returns the way back.
 */
export class MessagePortMain extends EventEmitter {
  peer = undefined
  #deliver = undefined
  #onPeerClosed = () => this.emit('close')
  #waiting = []
  #closed = false

  postMessage(data) {
    this.peer?.receive(data)
  }
  start() {
    this.#flow((data) => this.emit('message', { data, ports: [] }))
  }
  close() {
    if (this.#closed) return
    this.#closed = true
    const peer = this.peer
    this.peer = undefined
    peer?.peerClosed()
  }

  receive(data) {
    if (this.#deliver) this.#deliver(data)
    else this.#waiting.push(data)
  }
  peerClosed() {
    if (this.#closed) return
    this.#closed = true
    this.peer = undefined
    this.#onPeerClosed()
  }
  transfer(deliver, onPeerClosed) {
    this.#onPeerClosed = onPeerClosed
    this.#flow(deliver)
    return { post: (data) => this.postMessage(data), close: () => this.close() }
  }
  #flow(deliver) {
    this.#deliver = deliver
    for (const data of this.#waiting.splice(0)) deliver(data)
  }
}

export class MessageChannelMain {
  constructor() {
    this.port1 = new MessagePortMain()
    this.port2 = new MessagePortMain()
    this.port1.peer = this.port2
    this.port2.peer = this.port1
  }
}
