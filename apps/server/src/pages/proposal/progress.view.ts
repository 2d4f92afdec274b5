import { lastDayBefore } from '#lib/kernel';
import type { ProposalCase } from './proposal-case.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

interface Words {
  readonly say: Say;
  readonly date: (moment: string) => string;
}

const STEPS = ['write', 'submit', 'check', 'review', 'committee', 'decision'] as const;
type Step = (typeof STEPS)[number];

/** The step that its writer knows a phase by. */
const STEP_OF: Readonly<Record<string, Step>> = {
  preparing: 'write',
  submitted: 'check',
  screening: 'check',
  'in-review': 'review',
  ranked: 'committee',
  advised: 'committee',
  decided: 'decision',
};

/** done: it really was; now: it is there; stopped: it ended there; todo: it comes; skipped: it never came. */
type StepState = 'done' | 'now' | 'stopped' | 'todo' | 'skipped';

/** A step of the way from writing to a decision. */
export interface ProgressStep {
  readonly n: number;
  readonly name: string;
  readonly meta: string;
  readonly state: StepState;
}

/** Where a proposal stands, and which steps it really went through: of what ended, no other step is ticked. */
export function progress(found: ProposalCase, words: Words): readonly ProgressStep[] {
  const steps = STEPS.map((step, i) => {
    const state = stateOf(step, found.proposal);
    return { n: i + 1, name: words.say(`proposal.step-${step}`), meta: metaOf(step, state, found, words), state };
  });
  return [...steps, ...lastStep(found, words)];
}

type Passed = Pick<ProposalCase['proposal'], 'phase' | 'outcome' | 'submittedAt' | 'passed' | 'ending'>;

function stateOf(step: Step, proposal: Passed): StepState {
  const { outcome, phase, ending } = proposal;
  const passed = wasPassed(step, proposal) ? 'done' : 'skipped';
  if (outcome !== null) return passed;
  const place = STEP_OF[ending?.from ?? phase] ?? 'decision';
  const ahead = STEPS.indexOf(step) - STEPS.indexOf(place);
  if (ahead < 0) return passed;
  if (ending !== null) return ahead === 0 ? 'stopped' : 'skipped';
  return ahead === 0 ? 'now' : 'todo';
}

function wasPassed(step: Step, { submittedAt, passed, outcome }: Passed): boolean {
  if (step === 'decision') return outcome !== null;
  if (step === 'write' || step === 'submit') return submittedAt !== null;
  return passed.some((phase) => STEP_OF[phase] === step);
}

/** After a decision comes what ended it: that it was waived. */
function lastStep({ proposal }: ProposalCase, { say, date }: Words): readonly ProgressStep[] {
  const { waivedAt } = proposal;
  if (waivedAt === null) return [];
  return [{ n: STEPS.length + 1, name: say('proposal.step-waived'), meta: date(waivedAt), state: 'stopped' }];
}

function metaOf(step: Step, state: StepState, { proposal, call, terms }: ProposalCase, { say, date }: Words): string {
  const { isOwn, isCoWriter, receivedAt, ending } = proposal;
  if (state === 'now') return say(isOwn || isCoWriter ? 'proposal.you-are-here' : 'proposal.is-here');
  if (state === 'stopped') return say('proposal.step-stopped', { date: ending === null ? '' : date(ending.at) });
  if (state === 'skipped') return say('proposal.step-skipped');
  if (step === 'submit' && receivedAt !== null) return date(receivedAt);
  if (step === 'submit') return say('proposal.at-the-latest', { date: date(lastDayBefore(call.closesAt)) });
  const decision = step === 'decision' ? terms.find(({ name }) => name === 'decision') : undefined;
  return decision === undefined ? '' : say('proposal.at-the-latest', { date: date(decision.lastDay) });
}
