import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { checkWorkflow, type Catalogue, type WorkflowDefinition } from '#lib/workflow';
import { RegulationIsWrong } from './read-file.js';
import { readForm, readProgramme, readRegulation } from './read-regulation.js';
import type { FormFile } from './form/form-file.js';
import type { ProgrammeWithForm } from './regulation-file.js';

/** A programme as the database holds it: national principles, the form, and the workflows its calls run on. */
export interface Programme extends ProgrammeWithForm {
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
}

/** What was loaded; empty lists when the database had everything already. */
export interface FirstLoad {
  readonly programmes: readonly string[];
  readonly regions: readonly string[];
}

const PROGRAMME = `insert into programme (code, source, content) values ($1, $2, $3) on conflict do nothing returning code`;
const REGION = `insert into region (code, name_nl, name_en) values ($1, $2, $3) on conflict do nothing`;
const REGULATION = `insert into regulation (region, programme, number, status, source, content, adopted_at)
  select $1, $2, 1, 'adopted', $3, $4, app_now()
  where not exists (select 1 from regulation where region = $1 and programme = $2) returning region`;

/**
 * Loads config/ into an installation that does not have it yet, as the owner of the database. What is there stays: after the first
 * load the database is the truth. Throws RegulationIsWrong for a file with faults; then nothing was loaded.
 */
export async function loadConfiguration(
  owner: pg.ClientBase,
  folder: string,
  catalogues: readonly Catalogue[],
): Promise<FirstLoad> {
  const workflows = readWorkflows(join(folder, 'workflows'), catalogues);
  const loaded: { programmes: string[]; regions: string[] } = { programmes: [], regions: [] };
  await owner.query('begin');
  try {
    for (const file of yamlFiles(join(folder, 'programmes'))) {
      const source = readFileSync(file, 'utf8');
      const read = readProgramme(source, file);
      const programme = { ...read, formFile: formOf(folder, read.form), workflows };
      const rows = await owner.query(PROGRAMME, [programme.programme, source, JSON.stringify(programme)]);
      if (rows.rowCount === 1) loaded.programmes.push(programme.programme);
      loaded.regions.push(...(await loadRegions(owner, join(folder, 'regions'), programme)));
    }
    await owner.query('commit');
    return loaded;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

async function loadRegions(owner: pg.ClientBase, folder: string, programme: Programme): Promise<string[]> {
  const loaded: string[] = [];
  for (const code of readdirSync(folder)) {
    const file = join(folder, code, 'regulation.yaml');
    if (!existsSync(file)) continue;
    const source = readFileSync(file, 'utf8');
    const regulation = readRegulation(source, file, programme);
    if (regulation.region !== code)
      throw new RegulationIsWrong(file, [{ pointer: '/region', message: `is not the folder ${code}` }]);
    await owner.query(REGION, [code, regulation.label.nl, regulation.label.en]);
    const rows = await owner.query(REGULATION, [code, programme.programme, source, JSON.stringify(regulation)]);
    if (rows.rowCount === 1) loaded.push(code);
  }
  return loaded;
}

function formOf(folder: string, name: string): FormFile {
  const file = join(folder, 'forms', `${name}.yaml`);
  if (existsSync(file)) return readForm(readFileSync(file, 'utf8'), file);
  throw new RegulationIsWrong(file, [{ pointer: '/form', message: `there is no form ${name}` }]);
}

/** Verified definitions by name. Throws RegulationIsWrong with every fault of every file. */
export function readWorkflows(folder: string, catalogues: readonly Catalogue[]): Record<string, WorkflowDefinition> {
  const answers = yamlFiles(folder).map((file) => checkWorkflow(readFileSync(file, 'utf8'), file, catalogues));
  const faults = answers.flatMap(({ problems }) =>
    problems.map(({ file, line, message }) => ({ pointer: `${file}:${line}`, message })),
  );
  if (faults.length > 0) throw new RegulationIsWrong(folder, faults);
  const workflows = answers.flatMap((answer) => (answer.ok ? [answer.workflow.definition] : []));
  return Object.fromEntries(workflows.map((definition) => [definition.workflow, definition]));
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}
