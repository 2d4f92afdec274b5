import type { RegulationFile } from '#lib/regulation';
import type { ReasonsFile } from './network-file.js';

interface Asked {
  readonly criterion: string;
  readonly score: number;
  /** Which of the sentences; they are taken in turn. */
  readonly turn: number;
}

/** A sentence that fits a score: low up to half of the scale, high from three quarters on. */
export function reasonFor(
  { regulation, reasons }: { readonly regulation: RegulationFile; readonly reasons: ReasonsFile },
  { criterion, score, turn }: Asked,
): string {
  const { min, max } = regulation.rubric.scale;
  const part = (score - Number(min)) / (Number(max) - Number(min));
  const sentences =
    reasons.reasons[regulation.region]?.[criterion]?.[part < 0.55 ? 'low' : part < 0.76 ? 'mid' : 'high'] ?? [];
  return sentences[turn % Math.max(1, sentences.length)] ?? '';
}
