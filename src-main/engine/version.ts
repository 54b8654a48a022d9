import { version } from '../../package.json'

/** As they stand in results, reports and `engine.info`. */
export const APP_NAME = 'MetaCaDI'
export const APP_VERSION: string = version
