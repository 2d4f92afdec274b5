import type { FactSchema } from '#lib/conditions';

/** What the conditions of a regulation may read of an application (docs/glossary.md has the Dutch words). */
export const APPLICATION_FACTS: FactSchema = {
  'lead.kind': 'string',
  'payee.kind': 'string',
  schools: {
    list: 'School',
    fields: {
      brin: 'string',
      site: 'string',
      board: 'string',
      province: 'string',
      level: 'string',
      affiliated: 'bool',
    },
  },
  partners: { list: 'Partner', fields: { kind: 'string', kvk: 'string', benefitCents: 'cents' } },
  'budget.totalCents': 'cents',
  'budget.requestedCents': 'cents',
  'budget.minimumCents': 'cents',
  'budget.ownCashCents': 'cents',
  'budget.inKindCents': 'cents',
  'budget.thirdPartyCents': 'cents',
  'plan.months': 'int',
  'plan.startsAfterClosing': 'bool',
  'file.boardConsent': 'bool',
  'file.schoolPlanProof': 'bool',
  'file.sharingPlan': 'bool',
  'file.measurementPlan': 'bool',
  'file.curriculumIntegration': 'bool',
  'file.deMinimisDeclaration': 'bool',
};
