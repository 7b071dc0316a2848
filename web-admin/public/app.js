import './forms.js'
import './menu.js'
