/**
 * Imported before anything that builds a schema: zod otherwise probes `new Function`, which a strict content
 * security policy refuses and reports as a violation even though the probe is caught.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

export {}
