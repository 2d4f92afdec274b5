/** A mail as it would have left. */
export type Letter = Readonly<Record<string, unknown>> & { readonly text: string; readonly html: string };

/** Where links in the mails of the examples lead, until who delivers them puts the address of the installation in its place. */
export const EXAMPLE_SITE = 'https://regioloket.example';
