import { midpoints, type Rule } from './midpoints.js';
import type { Prior, Range, Spreads } from './spreads.js';
import { at } from './vector.js';

/** A point of the grid with its share of the posterior; the shares add up to 1. */
export interface GridNode extends Spreads {
  readonly weight: number;
}

/** The part of the priors' box where the posterior is; a range of length 0 is a standard deviation that is fixed. */
export type Box = readonly [Range, Range, Range];

type LogDensity = (spreads: Spreads) => number;

/** Nodes below this share of the largest are dropped, and so are the edges of the box. */
const NEGLIGIBLE = 1e-7;
const COARSE = 10;
const BENDS = [2, 2, 2] as const;
const MOST_SHRINKS = 60;

/** A box and the bend of each of its dimensions (see midpoints). */
export interface Region {
  readonly box: Box;
  readonly bends: readonly [number, number, number];
}

function boxOf({ box: { t, k, v } }: Prior): Box {
  return [t, typeof k === 'number' ? [k, k] : k, v];
}

/** Where the density is within a prior's box; each dimension bends at half its mean there, whatever the size of the spreads. */
export function regionOf(logDensity: LogDensity, prior: Prior): Region {
  const box = shrink(logDensity, boxOf(prior));
  const nodes = gridOn(logDensity, { box, bends: BENDS }, COARSE);
  const mean = (of: (node: GridNode) => number): number => nodes.reduce((sum, node) => sum + node.weight * of(node), 0);
  return { box, bends: [2 / mean(({ t }) => t), 2 / mean(({ k }) => k), 2 / mean(({ v }) => v)] };
}

/**
 * Narrows a box to where the density is, again and again on a coarse grid. An edge goes when the profile there is negligible beside the
 * best node. A coarse grid can miss a narrow ridge: the cut is lower by what separates the best node from its neighbours.
 */
function shrink(logDensity: LogDensity, whole: Box): Box {
  let box = whole;
  for (let pass = 0; pass < MOST_SHRINKS; pass++) {
    const next = shrinkOnce(logDensity, box);
    const isNarrower = box.some(([low, high], axis) => {
      const [l, h] = next[axis as 0 | 1 | 2];
      return h - l < 0.97 * (high - low);
    });
    box = next;
    if (!isNarrower) break;
  }
  return box;
}

/** `count` nodes in each dimension of the box, weighted by the density; negligible nodes are left out. */
export function gridOn(logDensity: LogDensity, region: Region, count: number): readonly GridNode[] {
  const points = pointsOn(logDensity, region, count);
  const best = points.values.reduce((most, value) => Math.max(most, value), -Infinity);
  const kept = points.values
    .map((value, i) => ({ ...spreadsAt(points.rules, i), weight: Math.exp(value - best) }))
    .filter(({ weight }) => weight > NEGLIGIBLE);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map((node) => ({ ...node, weight: node.weight / total }));
}

interface Points {
  readonly rules: readonly [Rule, Rule, Rule];
  /** Log of density x quadrature weight, by t, then k, then v. */
  readonly values: readonly number[];
}

function pointsOn(logDensity: LogDensity, { box: [t, k, v], bends }: Region, count: number): Points {
  const rules = [ruleOn(t, bends[0], count), ruleOn(k, bends[1], count), ruleOn(v, bends[2], count)] as const;
  const size = rules.reduce((product, { nodes }) => product * nodes.length, 1);
  const values = Array.from({ length: size }, (_, i) => {
    const spreads = spreadsAt(rules, i);
    return logDensity(spreads) + Math.log(weightAt(rules, i));
  });
  return { rules, values };
}

function ruleOn([low, high]: Range, bend: number, count: number): Rule {
  if (high === low) return { nodes: Float64Array.of(low), weights: Float64Array.of(1) };
  return midpoints(count, [low, high], bend);
}

/** The places in the three rules of the i-th point. */
function placesAt([, k, v]: Points['rules'], i: number): readonly [number, number, number] {
  const [ofK, ofV] = [k.nodes.length, v.nodes.length];
  return [Math.floor(i / (ofK * ofV)), Math.floor(i / ofV) % ofK, i % ofV];
}

function spreadsAt(rules: Points['rules'], i: number): Spreads {
  const [t, k, v] = placesAt(rules, i);
  return { t: at(rules[0].nodes, t), k: at(rules[1].nodes, k), v: at(rules[2].nodes, v) };
}

function weightAt(rules: Points['rules'], i: number): number {
  const [t, k, v] = placesAt(rules, i);
  return at(rules[0].weights, t) * at(rules[1].weights, k) * at(rules[2].weights, v);
}

function shrinkOnce(logDensity: LogDensity, box: Box): Box {
  const points = pointsOn(logDensity, { box, bends: BENDS }, COARSE);
  const profiles = box.map((_, axis) => profileOf(points, axis));
  const drops = profiles.map(dropBesideBest);
  const cut = Math.log(NEGLIGIBLE) - Math.max(...drops);
  return box.map((range, axis) => narrowed(range, points.rules[axis as 0 | 1 | 2], profiles[axis] ?? [], cut)) as [
    Range,
    Range,
    Range,
  ];
}

/** The best value for each node of one axis, with the best of all at 0. */
function profileOf({ rules, values }: Points, axis: number): readonly number[] {
  const profile = Array.from({ length: rules[axis as 0 | 1 | 2].nodes.length }, () => -Infinity);
  values.forEach((value, i) => {
    const place = placesAt(rules, i)[axis] ?? 0;
    profile[place] = Math.max(profile[place] ?? -Infinity, value);
  });
  const best = Math.max(...profile);
  return profile.map((value) => value - best);
}

function dropBesideBest(profile: readonly number[]): number {
  const best = profile.indexOf(0);
  const beside = [profile[best - 1], profile[best + 1]].filter((value) => value !== undefined && value > -Infinity);
  return beside.length === 0 ? 0 : -Math.max(...(beside as number[]));
}

/** From the node before the first that counts to the node after the last. */
function narrowed([low, high]: Range, { nodes }: Rule, profile: readonly number[], cut: number): Range {
  const first = profile.findIndex((value) => value > cut);
  const last = profile.findLastIndex((value) => value > cut);
  return [nodes[first - 1] ?? low, nodes[last + 1] ?? high];
}
