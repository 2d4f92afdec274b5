#!/usr/bin/env node
// `npm start`: everything that is needed, in one process.
import { prepare } from './prepare.mjs';

prepare();
const { main } = await import('../dist/apps/cli/src/main.js');
process.exitCode = await main(['start', ...process.argv.slice(2)]);
