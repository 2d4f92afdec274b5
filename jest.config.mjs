const swc = '@swc/jest';
const esmOnly = 'content-disposition|cookie';

/** Fastify's plugins require() ESM-only packages; jest on Node 20 cannot, so these are compiled to CommonJS. */
const commonJs = [swc, { swcrc: false, jsc: { target: 'es2022' }, module: { type: 'commonjs' } }];

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#lib/(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^#app/(.*)$': '<rootDir>/apps/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { [`node_modules/(${esmOnly})/.+\\.js$`]: commonJs, '^.+\\.ts$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

/** `unit` needs nothing but Node; `integration` gets a PostgreSQL of its own from the launcher. */
export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps}/**/*.spec.ts', '<rootDir>/test/architecture/**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{integration,e2e,browser}/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/described-answers.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
  testTimeout: 120_000,
  maxWorkers: 2,
};
