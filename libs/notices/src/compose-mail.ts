import type { Statement } from '#lib/database';
import { inRegion, type About, type Mail, type MailWork } from './mail-work.js';

/** From here on the mail may have left; its text is fixed, so that a second copy is byte for byte the same. */
const BEGIN: Statement = {
  name: 'begin-mail',
  text: `update outbox set begun = true, subject = coalesce($3, subject), html = coalesce($4, html), text = coalesce($5, text)
    where id = $1 and status = 'sending' and leased_by = $2 returning id`,
};

/** Renders the mail and notes that its attempt begins; null when it is no longer this worker's. A text with a secret is never stored. */
export async function beginMail(work: MailWork, mail: Mail): Promise<Readonly<Record<string, unknown>> | null> {
  const stored = mail.subject !== null && mail.html !== null && mail.text !== null;
  const page = work.pageOf?.(mail.template, mail.view['aboutSubject'] as About | undefined) ?? null;
  const { sender } = mail;
  const desk = mail.desk === null ? null : { ...mail.desk, name: mail.desk.name[mail.language] };
  const view = { ...mail.view, page, sender, desk, ...(mail.secret === null ? {} : { secret: mail.secret }) };
  const rendered = stored ? mail : work.templates.render(mail.template, mail.language, view);
  const { subject, html, text } = rendered;
  const kept = mail.secret === null ? [subject, html, text] : [null, null, null];
  const begun = await inRegion(work, mail.region, (tx) => tx.query(BEGIN, [mail.id, work.worker, ...kept]));
  return begun.length === 0 ? null : messageOf(work, mail, { subject, html, text });
}

function messageOf(
  work: MailWork,
  mail: Mail,
  written: Pick<Mail, 'subject' | 'html' | 'text'>,
): Readonly<Record<string, unknown>> {
  return {
    from: { name: 'Regioloket', address: work.from },
    to: { name: mail.to_name, address: mail.to_address },
    ...{ ...written, messageId: mail.message_id },
    // RFC 3834: nobody's absence message answers it.
    headers: { 'auto-submitted': 'auto-generated', 'content-language': mail.language, ...endingOf(mail) },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** RFC 8058: a mail program ends it in one press, without opening a page. */
function endingOf({ secret }: Mail): Readonly<Record<string, string>> {
  const link = secret?.['unsubscribe'];
  if (typeof link !== 'string') return {};
  return { 'list-unsubscribe': `<${link}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' };
}
