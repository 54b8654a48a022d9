export declare const CHROMIUM_HINT: string
export declare const CHROMIUM_ARGS: string[]
export declare function findChromium(): Promise<string | null>
export declare function findOrInstallChromium(): Promise<string | null>
