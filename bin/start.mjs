#!/usr/bin/env node
// `npm start`: everything that is needed, in one process.
import { prepareOrExit } from './prepare.mjs';

prepareOrExit();
const { main } = await import('../dist/apps/cli/src/main.js');
process.exitCode = await main(['start', ...process.argv.slice(2)]);
