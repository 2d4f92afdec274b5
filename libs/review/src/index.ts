/** Reviews by members of a committee. */
export { reviewCatalogue } from './review-catalogue.js';
