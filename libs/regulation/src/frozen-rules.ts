import type { Database, Transaction } from '#lib/database';
import type { WorkflowSource } from '#lib/engine';
import { canonicalJson, DomainError, sha256 } from '#lib/kernel';
import { joinTexts, loadWorkflow, type Catalogue, type VerifiedWorkflow, type WorkflowDefinition } from '#lib/workflow';
import type { FormFile } from './form/form-file.js';
import { compileForm, type CompiledForm } from './form/compiled-form.js';
import { compileConditions, judgeApplication, type CompiledConditions, type Eligibility } from './judge-application.js';
import type { CallRules, FrozenPack } from './pack.js';
import type { Conditions } from './regulation-file.js';

/** No call uses rules under this hash. */
export class RulesNotFound extends DomainError {
  readonly code = 'rules-not-found';
  constructor(hash: string) {
    super('No call was published under these rules.', { hash });
  }
}

interface Loaded {
  readonly rules: CallRules;
  readonly workflows: Map<string, VerifiedWorkflow>;
  readonly conditions: CompiledConditions;
  readonly form: CompiledForm;
}

const FREEZE = {
  name: 'freeze-pack',
  text: `insert into frozen_pack (hash, kind, content) values ($1, 'rules', $2), ($3, 'texts', $4) on conflict do nothing`,
};
const FREEZE_ONE = {
  name: 'freeze-workflow',
  text: `insert into frozen_pack (hash, kind, content) values ($1, 'rules', $2) on conflict do nothing`,
};
const READ = { name: 'pack-of', text: 'select app.pack_of($1) as pack' };

/** Frozen rules by their hash: read once per process, because they never change. */
export class FrozenRules implements WorkflowSource {
  private readonly loaded = new Map<string, Promise<Loaded>>();

  constructor(
    private readonly database: Database,
    private readonly catalogues: readonly Catalogue[],
  ) {}

  /** Stores a pack in the transaction of the act that freezes it. */
  async freeze(tx: Transaction, pack: FrozenPack): Promise<void> {
    const { rules, rulesHash, texts, textsHash } = pack;
    await tx.query(FREEZE, [rulesHash, JSON.stringify(rules), textsHash, JSON.stringify(texts)]);
    this.loaded.set(rulesHash, Promise.resolve(load(rules, texts)));
  }

  /** Stores one workflow that belongs to no call, with its texts; returns its hash. */
  async freezeWorkflow(tx: Transaction, definition: WorkflowDefinition): Promise<string> {
    const pack = { workflows: { [definition.workflow]: definition } };
    const hash = sha256(canonicalJson(pack));
    await tx.query(FREEZE_ONE, [hash, JSON.stringify(pack)]);
    this.loaded.set(hash, Promise.resolve(load(pack, {})));
    return hash;
  }

  /** Throws RulesNotFound, FrozenDefinitionDoesNotFit. */
  async workflow(rulesHash: string, name: string): Promise<VerifiedWorkflow> {
    const { rules, workflows } = await this.load(rulesHash);
    const known = workflows.get(name);
    if (known !== undefined) return known;
    const definition = rules.workflows[name];
    if (definition === undefined) throw new RulesNotFound(rulesHash);
    const workflow = loadWorkflow(definition, {}, this.catalogues);
    workflows.set(name, workflow);
    return workflow;
  }

  /** The whole pack with its texts. Throws RulesNotFound. */
  async rules(rulesHash: string): Promise<CallRules> {
    return (await this.load(rulesHash)).rules;
  }

  /** Judges the facts of an application (`CompiledForm.factsIn`) by the frozen conditions, in their order. */
  async eligibility(rulesHash: string, facts: Readonly<Record<string, unknown>>): Promise<Eligibility> {
    const { conditions, form } = await this.load(rulesHash);
    return judgeApplication(conditions, form.tidied(facts));
  }

  /** The answers that a condition of the regulation judges by, by the path of their question. */
  async factsOf(rulesHash: string, condition: string): Promise<readonly string[]> {
    const { conditions, form } = await this.load(rulesHash);
    return (conditions.get(condition)?.condition.reads ?? []).map((fact) => form.questionOf(fact));
  }

  /** The form of a call, ready to ask and to judge. */
  async form(rulesHash: string): Promise<CompiledForm> {
    return (await this.load(rulesHash)).form;
  }

  private load(rulesHash: string): Promise<Loaded> {
    const known = this.loaded.get(rulesHash);
    if (known !== undefined) return known;
    const loading = this.read(rulesHash);
    this.loaded.set(rulesHash, loading);
    // What failed is asked again, not remembered.
    loading.catch(() => this.loaded.delete(rulesHash));
    return loading;
  }

  private async read(rulesHash: string): Promise<Loaded> {
    const [row] = await this.database.ask<{ pack: { rules: unknown; texts: unknown } | null }>(READ, [rulesHash]);
    if (row?.pack == null) throw new RulesNotFound(rulesHash);
    return load(row.pack.rules, row.pack.texts);
  }
}

const NO_FORM: FormFile = { form: '', order: [], parts: {}, questions: {} };

function load(rules: unknown, texts: unknown): Loaded {
  const all = joinTexts(rules, texts) as CallRules;
  // A pack that belongs to no call (an initiative's) holds a workflow and nothing to judge by.
  const { conditions: stored = {}, conditionOrder = Object.keys(stored), form = NO_FORM } = all as Partial<CallRules>;
  const written: Conditions = Object.fromEntries(Object.entries(stored).sort(byPlaceIn(conditionOrder)));
  const conditions = compileConditions(written);
  return {
    ...{ rules: { ...all, conditions: written }, workflows: new Map(), conditions },
    form: compileForm(form, conditions),
  };
}

/** Compares entries by the place of their names in a list. */
function byPlaceIn(order: readonly string[]): (a: readonly [string, unknown], b: readonly [string, unknown]) => number {
  return ([a], [b]) => order.indexOf(a) - order.indexOf(b);
}
