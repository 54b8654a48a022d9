import { z } from 'zod'

const Name = z.string().min(1).max(10_000)

/** What a note is about. */
export const NoteSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project') }),
  z.object({ kind: z.literal('gene'), gene: Name }),
  z.object({ kind: z.literal('edge'), source: Name, target: Name }),
  z.object({ kind: z.literal('experiment'), experiment: Name }),
  z.object({ kind: z.literal('sample'), sample: Name }),
  z.object({ kind: z.literal('run'), runId: Name }),
])
export type NoteSubject = z.infer<typeof NoteSubject>

export const Note = z.object({ about: NoteSubject, text: z.string().min(1).max(100_000) })
export type Note = z.infer<typeof Note>

/** The same text for the same subject, whatever the names hold. */
export function subjectKey(about: NoteSubject): string {
  switch (about.kind) {
    case 'project':
      return JSON.stringify([about.kind])
    case 'gene':
      return JSON.stringify([about.kind, about.gene])
    case 'edge':
      return JSON.stringify([about.kind, about.source, about.target])
    case 'experiment':
      return JSON.stringify([about.kind, about.experiment])
    case 'sample':
      return JSON.stringify([about.kind, about.sample])
    case 'run':
      return JSON.stringify([about.kind, about.runId])
  }
}

export const noteAbout = (notes: readonly Note[], about: NoteSubject): string =>
  notes.find((note) => subjectKey(note.about) === subjectKey(about))?.text ?? ''

/** The notes with one of them changed; an empty text takes it away. */
export function withNote(notes: readonly Note[], about: NoteSubject, text: string): Note[] {
  const others = notes.filter((note) => subjectKey(note.about) !== subjectKey(about))
  const trimmed = text.trim()
  return trimmed === '' ? others : [...others, { about, text: trimmed }]
}
