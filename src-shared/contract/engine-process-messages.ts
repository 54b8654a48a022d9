/**
 * The control messages between a host process (desktop main, web host) and the engine process.
 *
 * One engine entry (`src-main/hosts/engine-process.ts`) serves both hosts. What differs is how frames of
 * the RPC protocol travel, and that is decided by the `connect` message alone:
 *
 * | Host    | Started by             | Control channel                                   | Frames                                    |
 * |---------|------------------------|---------------------------------------------------|-------------------------------------------|
 * | desktop | `utilityProcess.fork`  | `process.parentPort`: `event.data`, `event.ports` | over the port that came with `connect`    |
 * | web     | `child_process.fork`   | `process.on('message')` / `process.send`          | in `frame` envelopes on the same channel  |
 *
 * The engine looks at the arriving event: `connect` **with** a transferred port opens a connection whose
 * frames use that port; `connect` **without** one opens a connection whose frames are wrapped in
 * `{ type: 'frame', connection, frame }` in both directions. `child_process.fork` needs
 * `serialization: 'advanced'`, otherwise typed arrays do not arrive as typed arrays.
 *
 * Order of events:
 * 1. The engine sends `ready` once, when it can take messages. The host sends nothing before that.
 * 2. The host opens any number of connections, each with a number it never reuses while the process lives.
 * 3. `disconnect` (host → engine) and the `close` event of a port both end a connection: its jobs are
 *    cancelled and its pending calls dropped. The engine answers neither.
 * 4. `grant` turns a path the *user* chose (dialog, drop, upload) into an opaque handle. Windows and
 *    browsers only ever see the handle. Each `grant` is answered by exactly one `granted` or `refused`.
 * 5. `shutdown`: cancel all jobs, write checkpoints, exit with code 0 within `SHUTDOWN_GRACE_MS`;
 *    the host kills the process after that. When the control channel itself goes away
 *    (`disconnect` event of `process`), the engine ends in the same way: it never outlives its host.
 *
 * This file has no imports so that the preload and the engine can share it without bundling a schema library.
 */

/** A cancel that is not answered within this time is reported to the host, which restarts the engine. */
export const CANCEL_GRACE_MS = 3_000

/** Time the engine gets to end by itself after `shutdown`. */
export const SHUTDOWN_GRACE_MS = 2_000

/** A file the user chose. `name` is what the user is shown; the path stays between host and engine. */
export interface GrantedFile {
  readonly name: string
  readonly path: string
  /** `save`: chosen as the place to save to; `upload`: a copy that goes with the session; absent = to be read */
  readonly use?: 'save' | 'upload'
}

export type HostToEngine =
  | { readonly type: 'connect'; readonly connection: number }
  | { readonly type: 'disconnect'; readonly connection: number }
  | { readonly type: 'frame'; readonly connection: number; readonly frame: unknown }
  | { readonly type: 'grant'; readonly id: number; readonly file: GrantedFile }
  | { readonly type: 'shutdown' }

export type EngineToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'frame'; readonly connection: number; readonly frame: unknown }
  | { readonly type: 'granted'; readonly id: number; readonly handle: string }
  | { readonly type: 'refused'; readonly id: number; readonly message: string }

const ENGINE_TO_HOST = new Set<unknown>(['ready', 'frame', 'granted', 'refused'])

/** What a host accepts from its engine process; anything else is ignored. */
export function isEngineToHost(message: unknown): message is EngineToHost {
  return (
    typeof message === 'object' && message !== null && 'type' in message && ENGINE_TO_HOST.has(message.type)
  )
}
