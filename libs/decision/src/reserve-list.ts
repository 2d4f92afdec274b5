import type { MoveContext } from '#lib/engine';
import { proposalContext } from '#lib/intake';

const WAITS_FOR_MONEY = {
  name: 'reserve-waits',
  text: `select exists (select 1 from decision where call_id = $1 and reserve_place is not null and undone_at is null and waived_at is null
        and proposal_id <> $2)
      and exists (select 1 from decision where proposal_id = $2 and undone_at is null and outcome = 'granted') as waits`,
};

/** An award is about to be given back: the secretary thinks of who waits on the reserve list, when somebody does. */
export async function thinkOfReserveList(context: MoveContext): Promise<void> {
  const { tx, subject, writes } = context;
  const { call } = proposalContext(context);
  const [reserve] = await tx.query<{ waits: boolean }>(WAITS_FOR_MONEY, [call, subject.id]);
  if (reserve?.waits !== true) return;
  writes.tasks.push({ kind: 'reserve-list', for_role: 'secretary', subject_kind: 'call', subject_id: call, data: {} });
}
