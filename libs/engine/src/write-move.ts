import { jsonText } from '#lib/kernel';
import type { MoveContext } from './move-context.js';
import { outboxRow, type MessageIdOptions } from './notice.js';

/** What the transition remembers besides the context: which rules judged which facts. */
export interface MoveRecord {
  readonly rulesHash: string;
  readonly factsUsed: Readonly<Record<string, unknown>>;
}

/** The values of `writeStatement`, in its order. */
export function writeValues(context: MoveContext, record: MoveRecord, options: MessageIdOptions): readonly unknown[] {
  const { subject, opened, to, writes } = context;
  const mails = writes.notices.map((notice) => outboxRow({ about: subject, ...notice }, options));
  return [
    subject.id,
    to.state,
    to.phase,
    opened.version,
    context.eventId,
    context.action,
    opened.state,
    opened.phase,
    context.actor.id,
    context.receivedAt,
    record.rulesHash,
    jsonText(record.factsUsed),
    jsonText(context.payload),
    jsonText(writes.evidence),
    JSON.stringify(mails),
    JSON.stringify(writes.commands),
    JSON.stringify(writes.tasks),
  ];
}
