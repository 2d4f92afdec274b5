import type { Letter, LetterBlock } from '#lib/documents';
import { dateAndTime, plainDate, type Instant, type Language, type Say, type Text } from '#lib/kernel';
import type { CallRules } from '#lib/regulation';

/** What a receipt says, in figures (`ISSUE_RECEIPT` in proposal-port.ts). */
export interface ReceiptFigures {
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
  /** Name of the lead applicant. */
  readonly applicant: string;
  readonly call: { readonly number: string; readonly name: Text };
  readonly receivedAt: Instant;
  readonly inTime: boolean;
  /** Until when the call took proposals, as it was announced. */
  readonly closesAt: Instant;
  /** Whether it confirms a completion. */
  readonly isCompletion: boolean;
  /** SHA-256 of the canonical JSON of all answers. */
  readonly contentHash: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** When the receipt before it was given; null for the first. */
  readonly replacesIssuedAt: Instant | null;
}

/** The confirmation of what was received and when, as a letter (Awb afdeling 2.3). */
export function receiptLetter(
  { receipt, rules }: { readonly receipt: ReceiptFigures; readonly rules: CallRules },
  { language, say }: { readonly language: Language; readonly say: Say },
): Letter {
  const { contact, label } = rules.regulation;
  const { number, organisation, applicant, receivedAt } = receipt;
  return {
    ...{ language, reference: number, title: say('receipt.title', { number }) },
    ...{ date: plainDate(language, receivedAt), datedAt: receivedAt },
    sender: { name: label[language], lines: contact === undefined ? [] : [contact.address, contact.email] },
    recipient: { name: organisation, lines: [applicant] },
    sections: [
      { heading: say('receipt.what'), blocks: received(receipt, language, say) },
      { heading: say('receipt.proof'), blocks: proof(receipt, say) },
    ],
  };
}

function received(receipt: ReceiptFigures, language: Language, say: Say): readonly LetterBlock[] {
  const { title, call, receivedAt, isCompletion, inTime, closesAt, replacesIssuedAt } = receipt;
  const values = { title, call: call.name[language], moment: dateAndTime(language, receivedAt) };
  const texts = [
    say(isCompletion ? 'receipt.completed' : 'receipt.received', values),
    ...(inTime || isCompletion ? [] : [say('receipt.late', { closed: dateAndTime(language, closesAt) })]),
    ...(replacesIssuedAt === null
      ? []
      : [say('receipt.replaces', { moment: dateAndTime(language, replacesIssuedAt) })]),
  ];
  return texts.map((text) => ({ kind: 'paragraph', text }));
}

function proof({ contentHash, files }: ReceiptFigures, say: Say): readonly LetterBlock[] {
  const lead: LetterBlock[] = [
    { kind: 'paragraph', text: say('receipt.fingerprint') },
    { kind: 'paragraph', text: contentHash },
  ];
  if (files.length === 0) return lead;
  const columns = [
    { label: say('receipt.file'), align: 'start' as const },
    { label: 'SHA-256', align: 'start' as const },
  ];
  const rows = files.map(({ name, sha256 }) => [name, sha256]);
  return [...lead, { kind: 'table', caption: say('receipt.files'), columns, rows }];
}
