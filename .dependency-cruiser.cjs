// The arrows of the house (docs/architecture.md): apps -> work -> core -> {database, queue, settings} -> pure -> kernel.
const lib = (...names) => `^libs/(${names.join('|')})/`;
const PURE = ['kernel', 'terms', 'conditions', 'workflow', 'scoring', 'assignment', 'funding'];
const CORE = ['access', 'engine'];
const BASE = ['database', 'queue', 'settings'];
const WORK = ['people', 'regulation', 'intake', 'committee', 'review', 'decision'];
const LEAVES = ['notices', 'documents', 'files', 'solver', 'backup'];
const notTests = '\\.spec\\.ts$';

/** A library may import those before it in the list, never those after it. */
const ordered = (names) =>
  names.map((name, i) => ({
    name: `order-${name}`,
    severity: 'error',
    from: { path: lib(name), pathNot: notTests },
    to: { path: lib(...names.slice(i + 1), '(?!x)x') },
  }));

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-reaching-behind-an-index',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^(libs|apps)/[^/]+/', pathNot: ['^$1/$2/', '^(libs|apps)/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'pure-imports-pure-only',
      severity: 'error',
      from: { path: lib(...PURE), pathNot: notTests },
      to: { path: '^libs/', pathNot: lib(...PURE) },
    },
    {
      name: 'pure-has-no-framework-clock-or-io',
      severity: 'error',
      from: { path: lib(...PURE), pathNot: notTests },
      to: {
        dependencyTypes: ['npm', 'core'],
        pathNot: [
          'temporal-polyfill',
          'temporal-utils',
          '@marcbachmann/cel-js',
          '/yaml/',
          'canonicalize',
          '/ajv',
          '^crypto$',
          '^node:crypto$',
        ],
      },
    },
    {
      name: 'kernel-imports-no-library',
      severity: 'error',
      from: { path: lib('kernel') },
      to: { path: '^libs/', pathNot: lib('kernel') },
    },
    {
      name: 'base-imports-pure-only',
      severity: 'error',
      from: { path: lib(...BASE), pathNot: notTests },
      to: { path: lib(...CORE, ...WORK, ...LEAVES, 'testing') },
    },
    {
      name: 'core-imports-base-and-pure',
      severity: 'error',
      from: { path: lib(...CORE), pathNot: notTests },
      to: { path: lib(...WORK, ...LEAVES, 'testing') },
    },
    {
      name: 'leaves-import-no-work',
      severity: 'error',
      from: { path: lib(...LEAVES), pathNot: notTests },
      to: { path: lib(...WORK, ...CORE, 'testing') },
    },
    { name: 'libraries-import-no-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['\\.spec\\.ts$', '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    ...ordered(WORK),
    ...ordered(['kernel', 'terms', 'conditions', 'workflow']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
