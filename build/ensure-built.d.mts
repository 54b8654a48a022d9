export declare function ensureBuilt(announce?: (text: string) => void): void
