/** Who gets the money: how far it reaches down a ranking. */
export { drawLine, type LineEntry, type LineVerdict, type Shortage } from './draw-line.js';
