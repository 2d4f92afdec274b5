import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readActors } from '#lib/people';
import { projectFolder } from '#lib/settings';

/** The registry entries of the examples, in the format of `config/registry/actors.yaml`. */
export function demoOrganisations(): string {
  return readFileSync(join(projectFolder(), 'config', 'demo', 'organisations.yaml'), 'utf8');
}

/** Numbers of the Chamber of Commerce by the names of the organisations of the examples. */
export function kvkNumbers(): ReadonlyMap<string, string> {
  return new Map(readActors(demoOrganisations()).map(({ name, kvk }) => [name, kvk ?? '']));
}
