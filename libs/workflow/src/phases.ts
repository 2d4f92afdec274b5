/** What code, SQL, policies and statistics speak of; state ids appear in definitions only. */
export const PHASES = [
  'preparing',
  'submitted',
  'screening',
  'in-review',
  'ranked',
  'advised',
  'decided',
  'announced',
  'running',
  'settled',
  'ended',
] as const;

export type Phase = (typeof PHASES)[number];
