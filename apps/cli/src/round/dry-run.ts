import { Fraction } from '#lib/kernel';
import {
  compileConditions,
  compileForm,
  judgeApplication,
  type CompiledConditions,
  withValueAt,
  type CompiledForm,
  type PublicRegulation,
} from '#lib/regulation';
import { isOnScale, totalsDiffer } from '#lib/scoring';
import type { InputFault } from '../unusable-input.js';
import { contentFaults } from './content-faults.js';
import { onceFaults } from './once-faults.js';
import { requestedIn, scoresIn, type ProposalInFile, type ReviewInFile, type RoundFile } from './round-file.js';

type Regulation = PublicRegulation['regulation'];

/** Everything that would go wrong on the way, found before anything is created: the file against itself and against the regulation. */
export function dryRun(round: RoundFile, { regulation, conditions, form: file }: PublicRegulation): InputFault[] {
  const compiled = compileConditions(conditions);
  const form = compileForm(file, compiled);
  return [
    ...moneyFaults(round, regulation),
    ...peopleFaults(round),
    ...committeeFaults(round, regulation),
    ...repeated(round.proposals.map(({ key }) => key)).map((i) => fault(`/proposals/${i}/key`, 'is used twice')),
    ...onceFaults(round.proposals, regulation.once),
    ...round.proposals.flatMap((proposal, i) =>
      proposalFaults(proposal, { round, regulation, compiled, form, at: `/proposals/${i}` }),
    ),
  ];
}

function fault(pointer: string, message: string): InputFault {
  return { pointer, message };
}

/** Positions at which a value stands that stood before. */
function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, i) => (values.indexOf(value) < i ? [i] : []));
}

/** Lots among those of one day are drawn when the day is over, so everything of a run in order of arrival must fit. */
function moneyFaults({ proposals }: RoundFile, { distribution }: Regulation): InputFault[] {
  if (distribution.way !== 'order-of-arrival') return [];
  const asked = proposals
    .filter(({ refuse }) => refuse === undefined)
    .reduce((sum, { content }) => sum + requestedIn(content), 0);
  const { ceilingCents } = distribution;
  return asked <= ceilingCents
    ? []
    : [fault('/proposals', `ask for ${asked} cents together; above ${ceilingCents} lots must be drawn on another day`)];
}

function peopleFaults({ people, proposals }: RoundFile): InputFault[] {
  const { coordinator, secretary, decider, members } = people;
  const staff = [coordinator, secretary, decider, ...members].map(({ email }) => email.toLowerCase());
  const names = ['coordinator', 'secretary', 'decider'];
  const places = [...names, ...members.map((_, i) => `members/${i}`)];
  const twice = repeated(staff).map((i) =>
    fault(`/people/${places[i] ?? ''}/email`, 'is the address of somebody else in this round'),
  );
  const both = proposals.flatMap(({ applicant }, i) =>
    staff.includes(applicant.email.toLowerCase())
      ? [fault(`/proposals/${i}/applicant/email`, 'belongs to somebody who judges or decides')]
      : [],
  );
  return [...twice, ...both];
}

function committeeFaults({ people }: RoundFile, { committee }: Regulation): InputFault[] {
  const chairs = people.members.filter(({ chair }) => chair === true).length;
  const faults = chairs === 1 ? [] : [fault('/people/members', `have ${chairs} chairs; there must be one`)];
  for (const kind of ['expert', 'field'] as const) {
    const seats = people.members.filter((member) => member.kind === kind).length;
    const needed = committee.seats[kind];
    if (seats < needed)
      faults.push(fault('/people/members', `hold ${seats} seats of kind ${kind}; the regulation asks for ${needed}`));
  }
  return faults;
}

interface Place {
  readonly round: RoundFile;
  readonly regulation: Regulation;
  readonly compiled: CompiledConditions;
  readonly form: CompiledForm;
  readonly at: string;
}

function proposalFaults(proposal: ProposalInFile, place: Place): InputFault[] {
  const { at, compiled, form } = place;
  const wrong = [...contentFaults(proposal.content, `${at}/content`), ...fileFaults(proposal, place)];
  if (proposal.refuse !== undefined) {
    const reviewed = proposal.reviews !== undefined && proposal.reviews.length > 0;
    return [
      ...wrong,
      ...(reviewed ? [fault(`${at}/reviews`, 'are never asked for: the proposal is refused before')] : []),
    ];
  }
  const content = withFiles(proposal);
  const { verdicts } = judgeApplication(compiled, form.factsIn(content));
  const unmet = verdicts
    .filter(({ verdict }) => verdict !== 'met')
    .map(({ condition, message }) => fault(`${at}/content`, `does not meet ${condition}: ${message.en}`));
  const incomplete = form
    .faults(proposal.title, content)
    .map(({ path, message }) => fault(`${at}/content/${path.replaceAll('.', '/')}`, `stops admission: ${message.en}`));
  return [...wrong, ...incomplete, ...unmet, ...interestFaults(proposal, place), ...reviewFaults(proposal, place)];
}

/** The answers as they will read when the files were sent. */
function withFiles({ content, files = {} }: ProposalInFile): ProposalInFile['content'] {
  return Object.entries(files).reduce(
    (all, [path, keys]) =>
      withValueAt(
        all,
        path,
        keys.map((key) => ({ id: key, name: key })),
      ),
    content,
  );
}

function fileFaults({ files = {} }: ProposalInFile, { round, form, at }: Place): InputFault[] {
  return Object.entries(files).flatMap(([path, keys]) => [
    ...(form.file.questions[path]?.kind === 'files'
      ? []
      : [fault(`${at}/files/${path}`, 'is no question for files in this region')]),
    ...keys
      .filter((key) => !(key in (round.files ?? {})))
      .map((key) => fault(`${at}/files/${path}`, `names ${key}, which is not among the files of the round`)),
  ]);
}

function interestFaults({ interests = [] }: ProposalInFile, { round, regulation, at }: Place): InputFault[] {
  const known = new Set(round.people.members.map(({ email }) => email));
  const unknown = interests.flatMap(({ member }, i) =>
    known.has(member) ? [] : [fault(`${at}/interests/${i}/member`, 'is no member in this file')],
  );
  const left = known.size - new Set(interests.map(({ member }) => member)).size;
  const quorum = regulation.committee.quorum.members;
  return left >= quorum
    ? unknown
    : [...unknown, fault(`${at}/interests`, `leave ${left} members; the quorum is ${quorum}`)];
}

function reviewFaults(
  { reviews = [], interests = [] }: ProposalInFile,
  { round, regulation, at }: Place,
): InputFault[] {
  const known = new Set(round.people.members.map(({ email }) => email));
  const conflicted = new Set(interests.map(({ member }) => member));
  const needed = regulation.committee.reviewsPerProposal;
  const tooFew =
    reviews.length < needed ? [fault(`${at}/reviews`, `are ${reviews.length}; the regulation asks for ${needed}`)] : [];
  const twice = repeated(reviews.map(({ member }) => member)).map((i) =>
    fault(`${at}/reviews/${i}/member`, 'reviews this proposal twice'),
  );
  const each = reviews.flatMap((review, i) => {
    const here = `${at}/reviews/${i}`;
    const { member } = review;
    if (!known.has(member)) return [fault(`${here}/member`, 'is no member in this file')];
    if (conflicted.has(member)) return [fault(`${here}/member`, 'has an interest in this proposal')];
    return scoreFaults(review, regulation, here);
  });
  const isApart = each.length === 0 && reviews.length === needed && totalsDiffer(regulation.rubric, scoresIn(reviews));
  const apart = isApart ? [fault(`${at}/reviews`, 'lie so far apart that the regulation asks for one more')] : [];
  return [...tooFew, ...twice, ...each, ...apart];
}

function scoreFaults({ scores }: ReviewInFile, { rubric }: Regulation, at: string): InputFault[] {
  const keys = rubric.criteria.map(({ key }) => key);
  const missing = keys.filter((key) => !(key in scores)).map((key) => fault(`${at}/scores/${key}`, 'is missing'));
  const given = Object.entries(scores).flatMap(([key, { score }]) => {
    if (!keys.includes(key)) return [fault(`${at}/scores/${key}`, 'is no criterion of this region')];
    return isOnScale(rubric, Fraction.parse(score)) ? [] : [fault(`${at}/scores/${key}/score`, 'is not on the scale')];
  });
  return [...missing, ...given];
}
