import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { useEngine } from '../stores/engine'
import { useTheme } from '../stores/theme'
import { language } from '../strings'
import App from './App.vue'

document.documentElement.lang = language
const app = createApp(App)
app.use(createPinia())
useTheme()
useEngine().start()
app.mount('#app')
