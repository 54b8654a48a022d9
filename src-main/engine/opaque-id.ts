import { randomBytes } from 'node:crypto'

/** 128 random bits: cannot be guessed and says nothing about what it names. */
export const opaqueId = (): string => randomBytes(16).toString('base64url')
