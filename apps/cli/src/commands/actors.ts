import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ActorFileUnusable, exportActors, importActors } from '#lib/people';
import type { Command } from '../command.js';
import { withOwner } from '../installation/owner-connection.js';
import { unusable } from '../unusable-input.js';

/** Brings the registry of actors up to a file. */
export const actorsImportCommand: Command = {
  words: ['actors', 'import'],
  summary: 'reads a file of organisations into the registry',
  help: `regioloket actors import FILE
  Reads organisations as config/registry/actors.yaml has them; - reads standard input. An organisation is known by its code; what the file
  does not name stays. A fault anywhere: nothing is imported (exit 2). Out: {rows, added, changed}.
  Example: regioloket actors import actors.yaml`,
  async run([file], terminal) {
    if (file === undefined) return unusable(terminal, [{ pointer: '/file', message: 'Name the file.' }]);
    const path = file === '-' ? 0 : resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
    let source: string;
    try {
      source = readFileSync(path, 'utf8');
    } catch {
      return unusable(terminal, [{ pointer: '/file', message: 'This file cannot be read.' }]);
    }
    try {
      terminal.out(JSON.stringify(await withOwner((owner) => importActors(owner, source)), null, 2));
      return 0;
    } catch (error) {
      if (!(error instanceof ActorFileUnusable)) throw error;
      return unusable(terminal, error.faults);
    }
  },
};

/** Writes the registry of actors as a file. */
export const actorsExportCommand: Command = {
  words: ['actors', 'export'],
  summary: 'writes the registry of organisations as a file',
  help: `regioloket actors export
  Out: the registry in the format of config/registry/actors.yaml; importing it changes nothing.
  Example: regioloket actors export > actors.yaml`,
  async run(_args, terminal) {
    terminal.out((await withOwner(exportActors)).trimEnd());
    return 0;
  },
};
