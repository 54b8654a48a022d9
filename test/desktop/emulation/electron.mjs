/**
 * The part of Electron's main-process module that the desktop bundle uses, made of Node and a Chromium driven by
 * Playwright. What is real: the main bundle, the preload bundle, the renderer bundle and its protocol handler, the
 * engine process, all messages between them. What is not: Chromium's process sandbox, asar, native dialogs and menus.
 *
 * The test that started this process steers it over the IPC channel, see control.mjs.
 */
export { app } from './electron-app.mjs'
export { BrowserWindow } from './electron-window.mjs'
export { MessageChannelMain } from './electron-ports.mjs'
export { utilityProcess } from './electron-utility-process.mjs'
export { Menu, dialog, ipcMain, nativeTheme, protocol, screen, session, shell } from './electron-services.mjs'
