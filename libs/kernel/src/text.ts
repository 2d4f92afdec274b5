export type Language = 'nl' | 'en';

/** A sentence that a person can see, in Dutch (B1, "u") and English. */
export type Text = Readonly<Record<Language, string>>;
