import pg from 'pg';
import type { Database } from '#lib/database';
import { Engine, type SubjectPort } from '#lib/engine';
import { checkWorkflow, type Catalogue, type VerifiedWorkflow } from '#lib/workflow';

/** A subject of the tests' own: the engine must work for any subject, not only for those of the product. */
const CATALOGUE: Catalogue = {
  subject: 'letter',
  roles: ['writer', 'reader', 'system'],
  facts: {
    'letter.signed': { type: 'bool', owner: 'proposal', audience: 'all' },
    'letter.dueAt': { type: 'instant', owner: 'proposal', audience: 'all' },
    receivedAt: { type: 'instant', owner: 'none', audience: 'all' },
  },
  effects: ['stamp', 'fail'],
  templates: ['thanks'],
  payload: { reason: 'text' },
  evidence: ['sentAt'],
  ledgers: [],
  tasks: ['look'],
  asks: { letter: ['tear'] },
};

const YAML = `
workflow: letter
subject: letter
start: Draft
conditions:
  signed: { cel: letter.signed, refusal: { nl: Zet uw handtekening., en: Sign it. } }
  is-due: { cel: letter.dueAt <= receivedAt, refusal: { nl: Nog niet., en: Not yet. } }
terms:
  answer: { entering: [Sent], period: P6W, source: law, suspended-in: [Waiting], ends-in: [Answered, Torn], remind: [-P5WD], on-expiry: { task: look, for: reader } }
  reply: { entering: [Sent], due: letter.dueAt, ends-in: [Answered, Torn], on-expiry: { action: tear } }
states:
  Draft:
    phase: preparing
    label: { nl: Concept, en: Draft }
    waits-for: writer
    actions:
      send: { by: [writer], to: Sent, when: [signed], asks: [reason], then: [stamp, notify: thanks] }
      tear: { by: [writer, system], to: Torn }
      explode: { by: [writer], to: Torn, then: [fail] }
  Sent:
    phase: submitted
    label: { nl: Verzonden, en: Sent }
    waits-for: reader
    actions:
      ask: { by: [reader], to: Waiting }
      answer: { by: [reader], to: Answered, then: [{ ask: { subject: letter, action: tear } }] }
      tear: { by: [system], to: Torn, when: [is-due] }
  Waiting:
    phase: screening
    label: { nl: Wacht, en: Waiting }
    waits-for: writer
    actions:
      explain: { by: [writer], to: Sent }
  Answered: { phase: ended, label: { nl: Beantwoord, en: Answered }, final: true }
  Torn: { phase: ended, label: { nl: Verscheurd, en: Torn }, final: true }
`;

const SCHEMA = `
  create table letter (id uuid primary key default gen_random_uuid(), region text not null, state text not null default 'Draft',
    phase text not null default 'preparing', version integer not null default 1, signed boolean, due_at timestamptz, sent_at timestamptz,
    reply_to uuid, writer uuid not null);
  call app.protect('letter');
  create function app.open_letter(p_id uuid, p_actor uuid, p_locks text[], p_received timestamptz) returns jsonb language plpgsql as $$
  begin
    if p_locks is not null then perform 1 from letter where id = p_id for update; end if;
    return (select jsonb_build_object('region', region, 'state', state, 'phase', phase, 'version', version, 'workflow', 'letter',
      'rulesHash', repeat('0', 64), 'context', '{}'::jsonb,
      'roles', case when writer = p_actor then '["writer"]'::jsonb else '["reader"]'::jsonb end,
      'facts', jsonb_build_object('letter', jsonb_build_object('signed', signed,
        'dueAt', to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))) from letter where id = p_id);
  end $$;
  insert into region values ('noord', 'Noord', 'North'), ('zuid', 'Zuid', 'South');`;

export const WRITER = '11111111-1111-4111-8111-111111111111';
export const READER = '22222222-2222-4222-8222-222222222222';

const port: SubjectPort = {
  kind: 'letter',
  table: 'letter',
  opens: 'app.open_letter',
  evidence: { sentAt: { column: 'sent_at', type: 'timestamptz' } },
  effects: {
    stamp: { version: 1, run: (context) => context.writes.setEvidence({ sentAt: context.receivedAt }) },
    fail: {
      version: 1,
      run: (context) => {
        context.writes.send(context.tx.query('select 1 / 0'));
      },
    },
  },
  notices: {
    thanks: ({ eventId, opened, subject }) => [
      {
        region: opened.region,
        eventId,
        recipientKey: WRITER,
        template: 'thanks',
        language: 'nl',
        to: { address: 'writer@example.org', name: 'W' },
        view: { letter: subject.id },
      },
    ],
  },
  related: async (tx, _kind, id) => {
    const rows = await tx.query<{ id: string }>('select id from letter where reply_to = $1', [id]);
    return rows.map((row) => row.id);
  },
};

export function letterWorkflow(): VerifiedWorkflow {
  const answer = checkWorkflow(YAML, 'letter.yaml', [CATALOGUE]);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.workflow;
}

export async function makeLetters(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(SCHEMA);
  await client.end();
}

export function letterEngine(database: Database, ring: () => void = () => undefined): Engine {
  const workflow = letterWorkflow();
  return new Engine({
    database,
    subjects: [port],
    workflows: { workflow: () => Promise.resolve(workflow) },
    messageIds: { secret: 'a secret of the tests, long enough', domain: 'regioloket.example' },
    ring,
  });
}
