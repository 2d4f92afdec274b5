type Tree = Readonly<Record<string, unknown>>;

/** What stands at a dotted path; undefined when nothing does. */
export function valueAt(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (isTree(at) && Object.hasOwn(at, key) ? at[key] : undefined), tree);
}

/** The tree with another value at a path; undefined takes it away, with branches that become empty. */
export function withValueAt(tree: Tree, path: string, value: unknown): Tree {
  const [key = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? value : emptied(withValueAt(branch(tree, key), rest.join('.'), value));
  const others = Object.entries(tree).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

function branch(tree: Tree, key: string): Tree {
  const at = Object.hasOwn(tree, key) ? tree[key] : undefined;
  return isTree(at) ? at : {};
}

function emptied(tree: Tree): Tree | undefined {
  return Object.keys(tree).length === 0 ? undefined : tree;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
