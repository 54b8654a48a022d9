/** A reader that a file brings down, as a defect in native code would. */
process.on('message', () => process.kill(process.pid, 'SIGSEGV'))
process.send({ type: 'ready' })
