/** Who gets the money: how far it reaches down a ranking, in order of arrival, by lot. */
export { arrivalLine, type Arrival, type ArrivalStand } from './arrival-line.js';
export { drawLine, type LineEntry, type LineVerdict, type Shortage } from './draw-line.js';
export { drawLots, LotTwice, seedOf, type DrawnLots, type Lot } from './draw-lots.js';
