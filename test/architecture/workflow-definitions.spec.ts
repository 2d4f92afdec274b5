import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initiativeCatalogue, proposalCatalogue } from '#lib/intake';
import { callCatalogue } from '#lib/regulation';
import { reviewCatalogue } from '#lib/review';
import { projectFolder } from '#lib/settings';
import {
  actionsOf,
  checkWorkflow,
  drawWorkflow,
  move,
  MoveRefused,
  permitted,
  type Catalogue,
  type FactSpec,
  type VerifiedWorkflow,
} from '#lib/workflow';

const CATALOGUES = [callCatalogue, proposalCatalogue, reviewCatalogue, initiativeCatalogue];
const folder = join(projectFolder(), 'config', 'workflows');
const FILES = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

const load = (file: string): VerifiedWorkflow => {
  const answer = checkWorkflow(readFileSync(join(folder, file), 'utf8'), file, CATALOGUES);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems, null, 2));
  return answer.workflow;
};

/** Facts in which everything is missing, or everything has one of two opposite values. */
const factsWith = (catalogue: Catalogue, pick: (type: FactSpec['type']) => unknown): Record<string, unknown> => {
  const facts: Record<string, unknown> = {};
  for (const [path, { type }] of Object.entries(catalogue.facts)) {
    const [group = '', field] = path.split('.');
    if (field === undefined) facts[group] = pick(type);
    else facts[group] = { ...(facts[group] as object | undefined), [field]: pick(type) };
  }
  return facts;
};

const small = (type: FactSpec['type']): unknown =>
  ({ bool: false, int: 0n, cents: 0n, string: '', instant: '2027-01-01T00:00:00Z', date: '2027-01-01' })[
    type as string
  ] ?? [];
const large = (type: FactSpec['type']): unknown =>
  ({ bool: true, int: 9n, cents: 9n, string: 'grant', instant: '2027-06-01T00:00:00Z', date: '2027-06-01' })[
    type as string
  ] ?? [];

const payloadFor = (workflow: VerifiedWorkflow, fields: readonly string[]): Record<string, unknown> => {
  const moment = { date: '2027-03-01', instant: '2027-03-01T12:00:00Z' };
  const values = { text: 'reden', cents: 100, flag: true, texts: ['een'], ...moment };
  return Object.fromEntries(fields.map((field) => [field, values[workflow.catalogue.payload[field] ?? 'text']]));
};

describe.each(FILES)('the definition %s', (file) => {
  it('has no faults', () => {
    expect(load(file).conditions.size).toBe(Object.keys(load(file).definition.conditions ?? {}).length);
  });

  it('is drawn in docs/workflows as it is', () => {
    const workflow = load(file);
    const drawing = join(projectFolder(), 'docs', 'workflows', file.replace('.yaml', '.md'));
    const text = `# ${workflow.definition.workflow}\n\n\`?\` conditions that refuse, \`!\` conditions that warn.\n\n\`\`\`mermaid\n${drawWorkflow(workflow.definition)}\`\`\`\n`;
    if (process.env['WRITE_DRAWINGS'] === '1' || !existsSync(drawing)) writeFileSync(drawing, text);
    expect(readFileSync(drawing, 'utf8')).toBe(text);
  });

  it('answers every action of every state for every role and every kind of facts, and agrees with itself', () => {
    const workflow = load(file);
    const worlds = [{}, factsWith(workflow.catalogue, small), factsWith(workflow.catalogue, large)];
    const made = new Set<string>();
    for (const { state, name, action } of actionsOf(workflow.definition)) {
      for (const role of workflow.catalogue.roles) {
        for (const facts of worlds) {
          const situation = { state, facts, roles: [role] };
          const answer = permitted(workflow, situation).find((a) => a.action === name);
          const attempt = (): unknown => move(workflow, situation, name, payloadFor(workflow, action.needs ?? []));
          const isOffered = refusedBy(attempt).every((one) => action['offered-when']?.includes(one) !== true);
          expect(answer !== undefined).toBe(action.by.includes(role) && isOffered);
          if (answer?.allowed === true) {
            expect(attempt()).toMatchObject({ from: state, to: action.to });
            made.add(`${state}.${name}`);
          } else expect(attempt).toThrow();
        }
      }
    }
    expect(made.size).toBeGreaterThan(0);
  });

  it('can reach every state by moves that some facts allow', () => {
    const workflow = load(file);
    const reached = new Set([workflow.definition.start]);
    for (const state of reached) {
      for (const [name, action] of Object.entries(workflow.definition.states[state]?.actions ?? {})) {
        if (isPossible(workflow, state, name)) reached.add(action.to);
      }
    }
    expect([...reached].sort()).toEqual(Object.keys(workflow.definition.states).sort());
  });
});

/** The conditions that refuse an attempt; none when it is made, or fails for another reason. */
function refusedBy(attempt: () => unknown): readonly string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    return error instanceof MoveRefused ? error.refusals.map(({ condition }) => condition) : [];
  }
}

/** Whether a search over single facts, starting from all-small and all-large worlds, finds facts under which an action is allowed. */
function isPossible(workflow: VerifiedWorkflow, state: string, name: string): boolean {
  const action = workflow.definition.states[state]?.actions?.[name];
  const roles = [...(action?.by ?? [])];
  const named = [...(action?.['offered-when'] ?? []), ...(action?.when ?? [])];
  const paths = [...new Set(named.flatMap((c) => workflow.conditions.get(c)?.reads ?? []))];
  const choices = 2 ** paths.length;
  for (let mask = 0; mask < choices; mask++) {
    for (const word of ['grant', 'refuse', 'not-process']) {
      const facts: Record<string, Record<string, unknown>> = {};
      paths.forEach((path, i) => {
        const type = workflow.catalogue.facts[path]?.type ?? 'bool';
        const value = (mask >> i) & 1 ? (type === 'string' ? word : large(type)) : small(type);
        const [group = '', field] = path.split('.');
        if (field === undefined) Object.assign(facts, { [group]: value });
        else facts[group] = { ...facts[group], [field]: value };
      });
      if (permitted(workflow, { state, facts, roles }).some((a) => a.action === name && a.allowed)) return true;
    }
  }
  return false;
}
