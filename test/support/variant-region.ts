import { Templates, type RenderedMail } from '#lib/notices';
import type { TestRound } from './test-round.js';

type Changes = Readonly<Record<string, unknown>>;

/** Gives the region of a round another regulation for the calls that are opened from now on; groups are merged, everything else replaced. */
export async function regulate({ look, people }: TestRound, changes: Changes): Promise<void> {
  const where = `where region = $1 and status = 'adopted'`;
  const { rows } = await look.query<{ content: Changes }>(`select content from regulation ${where}`, [people.region]);
  const merged = Object.entries(changes).map(([key, value]) => {
    const known = rows[0]?.content[key];
    const isGroup = typeof value === 'object' && !Array.isArray(value) && typeof known === 'object';
    return [key, isGroup ? { ...known, ...(value as Changes) } : value];
  });
  await look.query(`update regulation set content = content || $2::jsonb ${where}`, [
    people.region,
    JSON.stringify(Object.fromEntries(merged)),
  ]);
}

interface Mail extends RenderedMail {
  readonly status: string;
  readonly to: string;
}

/** The mails of a template about a proposal, as their readers get them, oldest first. */
export async function mailsAbout({ look }: TestRound, proposalId: string, template: string): Promise<readonly Mail[]> {
  const { rows } = await look.query<{ view: Changes; language: 'nl' | 'en'; status: string; to: string }>(
    `select o.view, o.language, o.status, o.to_address as to from outbox o join transition t on t.id = o.event_id
     where t.subject_id = $1 and o.template = $2 order by t.version, o.to_address`,
    [proposalId, template],
  );
  const templates = Templates.load();
  return rows.map(({ view, language, status, to }) => ({
    ...templates.render(template, language, { ...view, sender: '' }),
    status,
    to,
  }));
}
