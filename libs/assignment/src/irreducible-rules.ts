import type { Circulation } from './circulation.js';
import { UNBOUNDED, type AssignmentNetwork } from './network.js';

export type RuleKind = 'reviews' | 'seat' | 'min-load' | 'max-load' | 'fixed';

/** A rule and the arc whose bounds it is. */
export interface Rule {
  readonly kind: RuleKind;
  readonly arc: number;
}

/** Rules that cannot hold together: they ask for `need` reviews where `have` are possible. */
export interface BrokenCut {
  readonly rules: readonly Rule[];
  readonly need: number;
  readonly have: number;
}

/**
 * From a search that failed to rules that cannot hold together, where dropping any one makes the rest possible: the rules on the cut that
 * the search ran into (Hoffman 1960), thinned by a deletion filter (Chinneck and Dravnieks 1991) that goes on with the flow it has.
 */
export function irreducibleRules(circulation: Circulation, network: AssignmentNetwork): BrokenCut {
  const filter = new DeletionFilter(circulation, network);
  filter.run();
  return filter.answer();
}

class DeletionFilter {
  private readonly rules: readonly Rule[];
  /** By rule 1 while it is held to blame. */
  private readonly isBlamed: Uint8Array;
  /** By node 1 on the side of the last failed search; the rules on this cut ask for `need` reviews where it lets `have` through. */
  private side: Uint8Array = new Uint8Array();
  private need = 0;
  private have = 0;
  /** Flow that dropped rules hold may be of use to others. */
  private isSettled = false;
  /** Where one review is lacking: nodes that it can reach, and nodes that reach where it should come from. */
  private gap: { readonly near: Uint8Array; readonly far: Uint8Array } | null = null;

  constructor(
    private readonly circulation: Circulation,
    private readonly network: AssignmentNetwork,
  ) {
    this.rules = rulesOf(network);
    this.isBlamed = new Uint8Array(this.rules.length).fill(1);
    this.keepRulesOnCut();
  }

  run(): void {
    this.rules.forEach((rule, i) => {
      if (this.isBlamed[i] === 1) this.tryWithout(rule, i);
    });
  }

  /** The last failed search may have asked for less: what is left is measured again. */
  answer(): BrokenCut {
    if (!this.repairAll()) this.keepRulesOnCut();
    return { rules: this.rules.filter((_, i) => this.isBlamed[i] === 1), need: this.need, have: this.have };
  }

  /** Drops a rule, and takes it back when the others can hold together without it. */
  private tryWithout(rule: Rule, i: number): void {
    const { lower, upper } = this.circulation;
    const [least, most, weight] = [lower[rule.arc]!, upper[rule.arc]!, this.weightOf(rule)];
    if (this.need - this.have > weight) {
      this.widen(rule);
      this.need -= weight;
      this.isBlamed[i] = 0;
      this.isSettled = false;
      return;
    }
    this.settle();
    if (this.isBridge(rule)) return;
    this.widen(rule);
    this.circulation.keep();
    if (this.repairAll()) {
      this.circulation.undo();
      lower[rule.arc] = least;
      upper[rule.arc] = most;
    } else {
      this.isBlamed[i] = 0;
      this.isSettled = false;
      this.keepRulesOnCut();
    }
  }

  /** Gives each rule what it can still get, so that no trial does it again, and looks whether only one review is lacking. */
  private settle(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    const lacking = this.rules.filter(({ arc }, i) => this.isBlamed[i] === 1 && !this.circulation.repair(arc));
    const { lower, flow } = this.circulation;
    const arc = lacking[0]?.arc ?? 0;
    const isOne = lacking.length === 1 && lower[arc]! - flow[arc]! === 1;
    const { source, target } = this.network;
    this.gap = isOne
      ? { near: this.circulation.reach(target[arc]!, true), far: this.circulation.reach(source[arc]!, false) }
      : null;
  }

  /** Whether without the rule the one review that is lacking finds a way: the others can hold together, and no search is needed. */
  private isBridge({ kind, arc }: Rule): boolean {
    if (this.gap === null) return false;
    const { near, far } = this.gap;
    const [from, to] = [this.network.source[arc]!, this.network.target[arc]!];
    if (kind !== 'max-load' && near[to] === 1 && far[from] === 1) return true;
    return (kind === 'max-load' || kind === 'reviews') && near[from] === 1 && far[to] === 1;
  }

  private repairAll(): boolean {
    return this.rules.every(({ arc }, i) => this.isBlamed[i] === 0 || this.circulation.repair(arc));
  }

  /** Rules that are not on the cut of the search that just failed are not needed to make it fail. */
  private keepRulesOnCut(): void {
    this.side = this.circulation.reached.slice();
    this.rules.forEach((rule, i) => {
      if (this.isBlamed[i] === 0 || this.weightOf(rule) > 0) return;
      this.widen(rule);
      this.isBlamed[i] = 0;
    });
    const { source, target } = this.network;
    [this.need, this.have] = [0, 0];
    for (let arc = 0; arc < source.length; arc++) {
      const [from, to] = [this.side[source[arc]!]!, this.side[target[arc]!]!];
      if (from < to) this.need += this.circulation.lower[arc]!;
      if (from > to) this.have += this.circulation.upper[arc]!;
    }
  }

  /** By how much less the cut is broken without the rule; 0 for a rule that is not on it. */
  private weightOf({ kind, arc }: Rule): number {
    const { source, target } = this.network;
    const [from, to] = [this.side[source[arc]!]!, this.side[target[arc]!]!];
    if (from < to && kind !== 'max-load') return this.circulation.lower[arc]!;
    return from > to && (kind === 'max-load' || kind === 'reviews') ? Infinity : 0;
  }

  private widen({ kind, arc }: Rule): void {
    const { lower, upper } = this.circulation;
    if (kind !== 'max-load') lower[arc] = 0;
    if (kind === 'max-load' || kind === 'reviews') upper[arc] = UNBOUNDED;
  }
}

function rulesOf({ source, lower, seatArcs, reviewArcs, loadArcs }: AssignmentNetwork): Rule[] {
  const some = (kind: RuleKind, from: number, until: number): Rule[] =>
    Array.from({ length: until - from }, (_, i) => ({ kind, arc: from + i }));
  const fixed: Rule[] = [];
  for (let arc = 0; arc < seatArcs; arc++) if (lower[arc] === 1) fixed.push({ kind: 'fixed', arc });
  return [
    ...some('reviews', reviewArcs, loadArcs),
    ...some('seat', seatArcs, reviewArcs),
    ...some('max-load', loadArcs, source.length),
    ...some('min-load', loadArcs, source.length),
    ...fixed,
  ];
}
