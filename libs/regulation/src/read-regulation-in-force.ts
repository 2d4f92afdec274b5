import type { Transaction } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { conditionsOf } from './conditions-of.js';
import { formOf, type FormFile } from './form/form-file.js';
import { onceWords } from './once-rule.js';
import type { ConditionWords } from './pack.js';
import type { Conditions, ProgrammeWithForm, RegulationFile } from './regulation-file.js';

/** A regulation as everybody may read it (Awb 3:42), with every condition it leads to. */
export interface PublicRegulation {
  readonly regulation: RegulationFile;
  readonly conditions: Conditions;
  /** The once-rule in words; null where the region has none. */
  readonly once: ConditionWords | null;
  readonly form: FormFile;
}

const READ = {
  name: 'public-regulation',
  text: `select r.content as regulation, p.content as programme from regulation r join programme p on p.code = r.programme
    where r.region = $1 and r.programme = $2 and r.status = 'adopted' order by r.number desc limit 1`,
};

/** The adopted regulation of a region under a programme. Throws SubjectNotFound. */
export async function readRegulationInForce(
  tx: Transaction,
  region: string,
  programme: string,
): Promise<PublicRegulation> {
  const [row] = await tx.query<{ regulation: RegulationFile; programme: ProgrammeWithForm }>(READ, [region, programme]);
  if (row === undefined) throw new SubjectNotFound('regulation', `${region}/${programme}`);
  const { regulation, programme: whole } = row;
  const form = formOf(whole.formFile, regulation);
  const once = regulation.once === undefined ? null : onceWords(regulation.once);
  return { regulation, conditions: conditionsOf(whole, regulation), once, form };
}
