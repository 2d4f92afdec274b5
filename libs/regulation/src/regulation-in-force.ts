import type { Transaction } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import type { Programme } from './first-load.js';
import { freezePack, type FrozenPack } from './pack.js';
import type { RegulationFile } from './regulation-file.js';

/** This version has no workflow for the region's way of distribution, so no call can run on it. */
export class DistributionNotSupported extends DomainError {
  readonly code = 'distribution-not-supported';
  constructor(region: string, way: string) {
    super('This way of distribution has no workflow yet.', { region, way });
  }
}

export interface InForce {
  readonly regulationId: string;
  readonly regulation: RegulationFile;
  readonly pack: FrozenPack;
  /** Programme year. */
  readonly year: number;
  /** Name of the workflow that the call runs on. */
  readonly callWorkflow: string;
}

/** What a call and its proposals run on, by the way in which money is given out. */
const WORKFLOWS = {
  tender: { call: 'call', proposal: 'proposal-tender' },
  'order-of-arrival': { call: 'call-arrival', proposal: 'proposal-arrival' },
} as const;

const READ = {
  name: 'regulation-in-force',
  text: `select r.id, r.content as regulation, p.content as programme from regulation r join programme p on p.code = r.programme
    where r.region = $1 and r.status = 'adopted' and r.programme = $2 order by r.number desc limit 1`,
};

/** The adopted regulation of a region under a programme, and the pack a call would freeze now. Throws SubjectNotFound, DistributionNotSupported. */
export async function regulationInForce(tx: Transaction, region: string, programme: string): Promise<InForce> {
  const [row] = await tx.query<{ id: string; regulation: RegulationFile; programme: Programme }>(READ, [
    region,
    programme,
  ]);
  if (row === undefined) throw new SubjectNotFound('regulation', `${region}/${programme}`);
  const { regulation } = row;
  const { call: callWorkflow, proposal } = WORKFLOWS[regulation.distribution.way];
  const { workflows } = row.programme;
  if (!(proposal in workflows)) throw new DistributionNotSupported(region, regulation.distribution.way);
  const used = Object.fromEntries(
    [callWorkflow, proposal, 'review'].flatMap((name) => {
      const definition = workflows[name];
      return definition === undefined ? [] : [[name, definition] as const];
    }),
  );
  const pack = freezePack(row.programme, regulation, used);
  return { regulationId: row.id, regulation, pack, year: row.programme.year, callWorkflow };
}
