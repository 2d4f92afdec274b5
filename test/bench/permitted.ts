import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { proposalCatalogue } from '#lib/intake';
import { projectFolder } from '#lib/settings';
import { checkWorkflow, permitted } from '#lib/workflow';
import { per, type Results } from './table.js';

const FACTS = {
  ...{ proposal: { complete: true, heard: false }, eligibility: { met: true }, actor: { id: 'a' } },
  call: {
    opensAt: '2027-01-01T00:00:00Z',
    closesAt: '2027-02-01T00:00:00Z',
    announced: false,
    availableCents: 3_000_000n,
  },
  decision: {
    prepared: true,
    preparedBy: 'b',
    advisedBy: 'c',
    outcome: 'grant',
    amountCents: 400_000n,
    followsAdvice: true,
    deviationReason: '',
    restsOnOthersFacts: false,
  },
  advice: { holds: true },
  ...{ committee: { quorum: 3n, unconflicted: 5n }, reviews: { submitted: 3n, open: 0n } },
  ...{ receivedAt: '2027-03-01T00:00:00Z', now: '2027-03-01T00:00:00Z' },
};

/** How often per second the actions of a decider can be judged, with all their conditions. */
export function benchPermitted(): Results {
  const file = join(projectFolder(), 'config', 'workflows', 'proposal-tender.yaml');
  const answer = checkWorkflow(readFileSync(file, 'utf8'), file, [proposalCatalogue]);
  if (!answer.ok) throw new Error('the definition has faults');
  const situation = { state: 'Advised', facts: FACTS, roles: ['decider'] };
  const run = (count: number): number => {
    const started = performance.now();
    for (let i = 0; i < count; i++) permitted(answer.workflow, situation);
    return count / ((performance.now() - started) / 1_000);
  };
  run(2_000);
  return {
    title: 'permitted() per second',
    about: 'A decider on an advised proposal: three actions with ten conditions, most of them shared. Pure, one core.',
    rows: [
      ['', 'per second'],
      ['permitted()', per(run(20_000))],
    ],
  };
}
