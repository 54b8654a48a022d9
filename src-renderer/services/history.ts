/** A linear undo history of immutable states. Pure: the store holds the value. */
export interface History<T> {
  readonly past: readonly Step<T>[]
  readonly present: T
  readonly future: readonly Step<T>[]
}

/** `label` names the change that led away from (past) or back to (future) this state. */
interface Step<T> {
  readonly label: string
  readonly state: T
}

const LONGEST = 200

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [] })

export function recordStep<T>(history: History<T>, label: string, present: T): History<T> {
  const past = [...history.past, { label, state: history.present }].slice(-LONGEST)
  return { past, present, future: [] }
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
