/** A linear undo history of immutable states. Pure: the store holds the value. */
export interface History<T> {
  readonly past: readonly Step<T>[]
  readonly present: T
  readonly future: readonly Step<T>[]
}

/** `label` names the change that led away from (past) or back to (future) this state. */
export interface Step<T> {
  readonly label: string
  readonly state: T
}

const LONGEST = 200

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [] })

export function recordStep<T>(history: History<T>, label: string, present: T): History<T> {
  const past = [...history.past, { label, state: history.present }].slice(-LONGEST)
  return { past, present, future: [] }
}

/** Goes on with the last step instead of making another: the many small changes of one drag are undone as one. */
export function continueStep<T>(history: History<T>, present: T): History<T> {
  return history.past.length === 0 ? history : { ...history, present, future: [] }
}

/**
 * What the program itself adds is no step: it is written into every state, so that undo and redo neither name it nor
 * take it away. States that were one stay one.
 */
export function amendAll<T>(history: History<T>, change: (state: T) => T): History<T> {
  const once = oncePerState(change)
  const steps = (list: readonly Step<T>[]): Step<T>[] =>
    list.map(({ label, state }) => ({ label, state: once(state) }))
  return { past: steps(history.past), present: once(history.present), future: steps(history.future) }
}

/** The same change for the same state every time, so that states that were one stay one. */
export function oncePerState<T>(change: (state: T) => T): (state: T) => T {
  const changed = new Map<T, T>()
  return (state) => {
    const known = changed.get(state)
    if (known !== undefined) return known
    const next = change(state)
    changed.set(state, next)
    return next
  }
}

export function undoStep<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  if (!last) return history
  return {
    past: history.past.slice(0, -1),
    present: last.state,
    future: [{ label: last.label, state: history.present }, ...history.future],
  }
}

export function redoStep<T>(history: History<T>): History<T> {
  const next = history.future[0]
  if (!next) return history
  return {
    past: [...history.past, { label: next.label, state: history.present }],
    present: next.state,
    future: history.future.slice(1),
  }
}
