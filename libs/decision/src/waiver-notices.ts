import type { MoveContext, NoticeWriter } from '#lib/engine';
import { isInOrder, outcomeForParties, toLeadApplicant, toStaff } from '#lib/intake';
import type { CalendarDate } from '#lib/kernel';
import type { PersonDirectory } from '#lib/people';
import type { FrozenRules } from '#lib/regulation';
import { addressIn } from './address-in.js';

/** What was waived, as its mails say it. */
interface Waived {
  readonly isGranted: boolean;
  readonly amountCents: number | null;
  readonly reservePlace: number | null;
  readonly objectionLastDay: CalendarDate;
}

const WAIVED = {
  name: 'what-is-waived',
  text: `select d.outcome = 'granted' as "isGranted", d.amount_cents::float8 as "amountCents", d.reserve_place as "reservePlace",
      a.objection_last_day::text as "objectionLastDay"
    from decision d join lateral app.announcement_of(d.proposal_id) a on true where d.proposal_id = $1 and d.undone_at is null`,
};

async function waivedIn({ tx, subject }: MoveContext): Promise<Waived | undefined> {
  const [waived] = await tx.query<Waived>(WAIVED, [subject.id]);
  return waived;
}

/** The mails of a waiver: its confirmation to who applied, and to who runs the call that something came free. */
export function waiverNotices(directory: PersonDirectory, frozen: FrozenRules): Readonly<Record<string, NoticeWriter>> {
  const told = toStaff('waiver-told', ['secretary', 'coordinator'], directory);
  const confirmed = toLeadApplicant('waived', {
    isPersonal: true,
    more: async (context) => ({
      ...(await waivedIn(context)),
      receivedAt: context.receivedAt,
      isInOrder: isInOrder(context.opened.facts),
      where: await addressIn(context, frozen),
    }),
  });
  return {
    // Who confirmed a part heard of an award; of a place on the reserve list only that it was refused.
    waived: async (context) => {
      const isGranted = (await waivedIn(context))?.isGranted === true;
      return [...(await confirmed(context)), ...(isGranted ? await outcomeForParties(context, 'waived') : [])];
    },
    'waiver-told': async (context) => {
      const waived = await waivedIn(context);
      return (await told(context)).map((notice) => ({ ...notice, view: { ...notice.view, ...waived } }));
    },
  };
}
