/** Programmes, regions, regulations and calls: the rules as data. */
export { callCatalogue } from './call-catalogue.js';
