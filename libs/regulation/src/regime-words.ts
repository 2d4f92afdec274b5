import type { Say } from '#lib/kernel';
import type { CallRules } from './pack.js';

/** The Awb, or a region's own rules. */
export type Regime = CallRules['regulation']['regime'];

const WORDS = ['decision', 'theDecision', 'thisDecision'] as const;

/** The end of a key whose text differs by regime. */
export function regimeKey(regime: Regime): 'awb' | 'reglement' {
  return regime === 'AWB' ? 'awb' : 'reglement';
}

/** What a decision is called under a regime, for the places of a text; with a capital to begin a sentence. */
export function regimeWords(regime: Regime, say: Say): Readonly<Record<string, string>> {
  const pairs = WORDS.flatMap((word) => {
    const text = say(`regime.${word}-${regimeKey(regime)}`);
    return [
      [word, text],
      [capital(word), capital(text)],
    ];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Says texts with the words of a regime in their places. */
export function sayingUnder(regime: Regime, say: Say): Say {
  const words = regimeWords(regime, say);
  return (key, values) => say(key, { ...words, ...values });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
