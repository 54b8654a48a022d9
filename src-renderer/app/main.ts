import '../services/strict-csp'
import '../styles/element-plus.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/element-overrides.css'
import '../styles/forced-colours.css'
import { startPictureMaker } from '../features/network/picture-maker'
import { connectEarly } from '../services/early'
import { holdEarlyKeys } from '../services/early-keys'

// The engine works out what is to be shown while the rest of the app, most of its code, is read.
connectEarly()
holdEarlyKeys()
startPictureMaker()
void import('./window')
