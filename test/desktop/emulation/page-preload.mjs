/**
 * The script that runs before the page's own: a stand-in for Electron's renderer-side module, and the real preload
 * on top of it. The preload's `require` knows `electron` and nothing else, as in a sandboxed window.
 */
export function preloadScript(preload) {
  return `(() => {
    if (window !== window.top || location.href === 'about:blank') return
    const electron = (${electronForPreload})()
    const require = (name) => {
      if (name === 'electron') return electron
      throw new Error('A sandboxed preload cannot load ' + name)
    }
    ;(function (require, module, exports) {
      ${preload}
    })(require, { exports: {} }, {})
  })()`
}

function electronForPreload() {
  const toMain = window.__toMain
  delete window.__toMain
  const listeners = new Map()
  const ports = new Map()
  const paths = new Map()

  /** ids of ports that are on their way to the page, in order */
  const posted = []

  function openPort(id) {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = (event) => void toMain({ port: id, data: event.data })
    ports.set(id, { here: port1, there: undefined })
    posted.push(id)
    return port2
  }

  // Electron tells a port when its other end has closed; Chromium alone does not.
  window.addEventListener('message', (event) => {
    for (const port of event.ports) {
      const id = posted.shift()
      ports.get(id).there = port
      port.close = () => {
        MessagePort.prototype.close.call(port)
        if (ports.delete(id)) void toMain({ port: id, closed: true })
      }
    }
  })

  globalThis[Symbol.for('emulated-electron')] = {
    paths,
    receive(message) {
      if (!('port' in message)) {
        const event = { ports: message.ports.map(openPort) }
        for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args)
      } else if (message.closed) {
        const port = ports.get(message.port)
        ports.delete(message.port)
        port?.there?.dispatchEvent(new Event('close'))
      } else ports.get(message.port)?.here.postMessage(message.data)
    },
  }

  return {
    contextBridge: {
      exposeInMainWorld: (name, api) =>
        Object.defineProperty(window, name, { value: Object.freeze({ ...api }) }),
    },
    ipcRenderer: {
      invoke: (channel, ...args) => toMain({ invoke: true, channel, args }),
      send: (channel, ...args) => void toMain({ channel, args }),
      on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel, listener) =>
        void listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((other) => other !== listener),
        ),
    },
    // A File that a script made has no path in Electron either.
    webUtils: { getPathForFile: (file) => paths.get(file.name) ?? '' },
  }
}
