/** Texts of the comparison of two runs. */
export const compare = {
  title: (before: string, after: string) => `${before} → ${after}`,
} as const
