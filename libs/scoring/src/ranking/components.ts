import type { Design } from './panel.js';
import { at } from './vector.js';

/** How many parts a panel falls into that share no reviewer; between parts only the prior compares. */
export function countParts({ proposals, reviewers, starts, reviewerOf }: Design): number {
  const parent = Int32Array.from({ length: proposals.length + reviewers.length }, (_, i) => i);
  const rootOf = (node: number): number => {
    let root = node;
    while (at(parent, root) !== root) root = at(parent, root);
    parent[node] = root;
    return root;
  };
  for (let p = 0; p < proposals.length; p++)
    for (let i = at(starts, p); i < at(starts, p + 1); i++)
      parent[rootOf(p)] = rootOf(proposals.length + at(reviewerOf, i));
  return parent.filter((_, node) => rootOf(node) === node).length;
}
