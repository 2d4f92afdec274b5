#!/usr/bin/env node
// The `regioloket` command: builds when stale, then hands over. Standard output carries the answer of the command only.
import { prepareOrExit } from './prepare.mjs';

prepareOrExit();
const { main } = await import('../dist/apps/cli/src/main.js');
process.exitCode = await main(process.argv.slice(2));
