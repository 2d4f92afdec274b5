import type { Language } from './text.js';

/** An amount in integer cents. */
export type Cents = bigint;

/** `€ 15.000,05` in Dutch, `€15,000.05` in English: grouped from the digits themselves, so that no amount passes through a float. */
export function formatCents(cents: Cents, language: Language): string {
  const absolute = cents < 0n ? -cents : cents;
  const whole = (absolute / 100n).toString().replace(/\B(?=(\d{3})+$)/g, language === 'nl' ? '.' : ',');
  const rest = (absolute % 100n).toString().padStart(2, '0');
  const sign = cents < 0n ? '-' : '';
  return language === 'nl' ? `€ ${sign}${whole},${rest}` : `${sign}€${whole}.${rest}`;
}
