import type { Letter, LetterBlock, LetterSection } from '#lib/documents';
import { formatCents, type Instant, type Language, type Say } from '#lib/kernel';
import { applicationText, isTypedFor, valueAt, type AnsweredQuestion, type CompiledForm } from '#lib/regulation';
import type { AttachmentView } from '../attachment/attachment.js';
import { filesAt } from '../attachment/attachment.js';
import type { PartyView } from '../party/party.js';

/** An application as one reader may read it, with what stands around its answers. */
export interface WrittenApplication {
  readonly number: string;
  /** Empty while it has no name. */
  readonly title: string;
  readonly organisation: string;
  readonly network: string;
  readonly callName: string;
  /** As its reader is told it. */
  readonly state: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** When it was received; null as long as it was not. */
  readonly receivedAt: Instant | null;
  readonly isLate: boolean;
  /** SHA-256 of what was received; null when these answers are something else, or not for this reader. */
  readonly contentHash: string | null;
  /** The moment of what stands here: when it was received, for a draft when it was printed. */
  readonly asOf: Instant;
  /** What stands on every page of what was not submitted like this; null: it was. */
  readonly mark: ApplicationMark | null;
  readonly parties: readonly Pick<PartyView, 'organisation' | 'role' | 'state' | 'part'>[];
  readonly attachments: readonly AttachmentView[];
  /** Whether the reader reads all answers: a reviewer reads those that are meant for the committee. */
  readonly isWhole: boolean;
}

export type ApplicationMark = 'draft' | 'changed' | 'never' | 'set-aside';

interface Words {
  readonly language: Language;
  readonly say: Say;
  readonly moment: (instant: Instant) => string;
  readonly size: (bytes: number) => string;
}

/** An application in words: its print and its text are made of this alone. */
export function applicationLetter(form: CompiledForm, application: WrittenApplication, words: Words): Letter {
  const { number, title, organisation, network, callName, asOf, mark, receivedAt } = application;
  const { language, say, moment } = words;
  const isReceived = receivedAt !== null && mark === null;
  const date = say(isReceived ? 'application.received' : 'application.as-of', { moment: moment(asOf) });
  return {
    ...{ language, reference: number, datedAt: asOf },
    // What is printed on every page is no part of what a screen reader reads.
    date: mark === null ? date : `${say(`application.mark-${mark}`)}. ${date}`,
    title: title === '' ? say('application.unnamed', { number }) : title,
    sender: { name: network, lines: [callName] },
    recipient: { name: say('application.number', { number }), lines: organisation === '' ? [] : [organisation] },
    sections: [
      { heading: say('application.about'), blocks: [{ kind: 'facts', facts: factsOf(application, words) }] },
      ...answersOf(form, application, words),
      ...partiesOf(application, words),
      ...filesOf(application, words),
    ],
    pages: {
      ...{ page: say('application.page'), of: say('application.page-of') },
      mark: mark === null ? null : say(`application.mark-${mark}`),
    },
  };
}

type Fact = readonly [string, string];

function factsOf(application: WrittenApplication, { say, moment }: Words): readonly Fact[] {
  const { number, callName, network, state, receivedAt, isLate, contentHash } = application;
  const facts: readonly (readonly [string, string | null])[] = [
    [say('application.fact-number'), number],
    [say('application.fact-call'), callName],
    [say('application.fact-network'), network],
    [say('application.fact-state'), state],
    [say('application.fact-received'), receivedAt && moment(receivedAt)],
    [say('application.fact-closing'), isLate ? say('application.late') : null],
    [say('application.fact-hash'), contentHash],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

function answersOf(form: CompiledForm, application: WrittenApplication, words: Words): readonly LetterSection[] {
  const content = { ...application.content, title: application.title };
  return applicationText(form, content, { words, isWhole: application.isWhole }).map(({ name, questions }) => ({
    heading: name,
    blocks: questions.flatMap((one) => [
      { kind: 'question' as const, text: one.label },
      ...answerOf(one, content, words),
    ]),
  }));
}

function answerOf(one: AnsweredQuestion, content: WrittenApplication['content'], words: Words): readonly LetterBlock[] {
  const { kind, lines, path } = one;
  const { say } = words;
  if (lines === null) return [{ kind: 'paragraph', text: say('application.empty'), isAside: true }];
  const table = kind === 'lines' && !isTypedFor(path, content) ? budgetTable(valueAt(content, path), words) : null;
  if (table !== null) return [table];
  if (!LISTS.has(kind)) return [{ kind: 'paragraph', text: lines.join('\n') }];
  // Their hashes stand in the list of all files.
  const files = kind === 'files' && !isTypedFor(path, content) ? filesAt(content, path).map(({ name }) => name) : null;
  return [{ kind: 'list', items: files ?? lines.filter((line) => line.trim() !== '') }];
}

const LISTS: ReadonlySet<AnsweredQuestion['kind']> = new Set(['files', 'lines', 'schools', 'partners']);

/** The lines of a budget with their sum; null when one of them is no amount. */
function budgetTable(rows: unknown, { language, say }: Words): LetterBlock | null {
  if (!Array.isArray(rows)) return null;
  const lines = rows as readonly { readonly label?: unknown; readonly cents?: unknown }[];
  const isPlain = lines.every(({ label, cents }) => typeof label === 'string' && Number.isSafeInteger(cents));
  if (!isPlain) return null;
  const euro = (cents: unknown): string => formatCents(BigInt(cents as number), language);
  const sum = lines.reduce((total, { cents }) => total + Number(cents), 0);
  return {
    ...{ kind: 'table', caption: say('application.budget'), isSummed: true },
    columns: [
      { label: say('proposal.line-label'), align: 'start' },
      { label: say('application.amount'), align: 'end' },
    ],
    rows: [
      ...lines.map(({ label, cents }) => [label as string, euro(cents)]),
      [say('proposal.figure-lines'), euro(sum)],
    ],
  };
}

/** Who was asked to confirm a part, without addresses: a print is handed on. */
function partiesOf({ parties }: WrittenApplication, { say }: Words): readonly LetterSection[] {
  if (parties.length === 0) return [];
  const labels = ['application.organisation', 'application.role', 'application.task', 'application.confirmation'];
  const rows = parties.map(({ organisation, role, state, part }) => [
    ...[organisation, say(`party.role-${role}`), part.task, say(`party.state-${state}`)],
  ]);
  const columns = labels.map((label) => ({ label: say(label), align: 'start' as const }));
  const table: LetterBlock = { kind: 'table', caption: say('application.parties-lead'), columns, rows };
  return [{ heading: say('application.parties'), blocks: [table] }];
}

function filesOf({ attachments }: WrittenApplication, { say, size }: Words): readonly LetterSection[] {
  if (attachments.length === 0) return [];
  const rows = attachments.map(({ name, bytes, sha256 }) => [name, sha256, size(bytes)]);
  const columns = [
    { label: say('receipt.file'), align: 'start' as const },
    { label: 'SHA-256', align: 'start' as const },
    { label: say('application.size'), align: 'end' as const },
  ];
  const table: LetterBlock = { kind: 'table', caption: say('application.files-lead'), columns, rows };
  return [{ heading: say('application.files'), blocks: [table] }];
}
