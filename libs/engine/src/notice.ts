import { createHmac, randomUUID } from 'node:crypto';
import type { Language } from '#lib/kernel';
import type { Transaction } from '#lib/database';

/** One mail to one recipient, as a typed view model written with that recipient's rights. */
export interface Notice {
  readonly region: string;
  /** What happened: unique together with recipient and template, so that no event is told twice. */
  readonly eventId: string;
  /** The recipient's person id, or another key that stays the same for the same recipient. */
  readonly recipientKey: string;
  readonly template: string;
  readonly language: Language;
  readonly to: { readonly address: string; readonly name: string };
  readonly view: Readonly<Record<string, unknown>>;
  /** The subject whose page the recipient opens to go on; of a move it is what moved, unless it says otherwise. */
  readonly about?: { readonly kind: string; readonly id: string };
  /** Rendered at send and wiped: a login link. */
  readonly secret?: Readonly<Record<string, unknown>>;
  /** To somebody who is nobody to us: its address is not kept once it is sent or given up. */
  readonly forgets?: boolean;
  /** Held until the act with this id releases it (an announcement). */
  readonly holdId?: string;
}

/** Signs Message-IDs, so that an outsider cannot guess one. */
export interface MessageIdOptions {
  readonly secret: string;
  /** Domain of the sender's address. */
  readonly domain: string;
}

/** A row as `insert into outbox` takes it, fixed before the first attempt. */
export interface OutboxRow {
  readonly id: string;
  readonly event_id: string;
  readonly recipient_key: string;
  readonly template: string;
  readonly language: Language;
  readonly to_address: string;
  readonly to_name: string;
  readonly view: unknown;
  readonly secret: unknown;
  readonly status: 'held' | 'new';
  readonly hold_id: string | null;
  readonly message_id: string;
  readonly forgets: boolean;
}

/** The Message-ID never changes for a row: a second copy after a crash is a true duplicate (RFC 5322, 3.6.4). */
export function outboxRow(notice: Notice, options: MessageIdOptions): OutboxRow {
  const id = randomUUID();
  const proof = createHmac('sha256', options.secret).update(id).digest('hex').slice(0, 16);
  return {
    id,
    event_id: notice.eventId,
    recipient_key: notice.recipientKey,
    template: notice.template,
    language: notice.language,
    to_address: notice.to.address,
    to_name: inOneLine(notice.to.name),
    view:
      notice.about === undefined ? inSentences(notice.view) : { ...inSentences(notice.view), [ABOUT]: notice.about },
    secret: notice.secret ?? null,
    status: notice.holdId === undefined ? 'new' : 'held',
    hold_id: notice.holdId ?? null,
    message_id: `<${id}.${proof}@${options.domain}>`,
    forgets: notice.forgets === true,
  };
}

/** Where a view keeps the subject that its mail leads to: no name that a sentence could want. */
const ABOUT = 'aboutSubject';

/** Values that stand within a sentence. A line that somebody typed into one would look as if we wrote it. */
const IN_SENTENCES: ReadonlySet<string> = new Set([
  ...[
    'name',
    'title',
    'organisation',
    'applicant',
    'inviter',
    'giver',
    'boardName',
    'contact',
    'file',
    'call',
    'region',
  ],
]);

function inSentences(view: Notice['view']): Notice['view'] {
  const pairs = Object.entries(view).map(([key, value]) =>
    typeof value === 'string' && IN_SENTENCES.has(key) ? [key, inOneLine(value)] : [key, value],
  );
  return Object.fromEntries(pairs) as Notice['view'];
}

function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** The columns of an outbox row inside `jsonb_to_recordset`. */
export const OUTBOX_RECORD = `o(id uuid, event_id uuid, recipient_key text, template text, language text, to_address text, to_name text,
  view jsonb, secret jsonb, status text, hold_id uuid, message_id text, forgets boolean, region text)`;

export const OUTBOX_COLUMNS =
  'id, event_id, recipient_key, template, language, to_address, to_name, view, secret, status, hold_id, message_id, forgets';

const INSERT = {
  name: 'write-notices',
  text: `insert into outbox (region, ${OUTBOX_COLUMNS})
    select region, ${OUTBOX_COLUMNS} from jsonb_to_recordset($1::jsonb) as ${OUTBOX_RECORD}
    on conflict (event_id, recipient_key, template) do nothing`,
};

/** Puts mails in the outbox of an act that is no move (an invitation). A second call for the same event writes nothing. */
export async function writeNotices(
  tx: Transaction,
  notices: readonly Notice[],
  options: MessageIdOptions,
): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice) => ({ ...outboxRow(notice, options), region: notice.region }));
  await tx.query(INSERT, [JSON.stringify(rows)]);
}
