import type { Look } from '#lib/engine';
import type { Language } from '#lib/kernel';
import type { ActionAnswer, Objection } from '#lib/workflow';

/** A condition that stands in the way, in the viewer's language. */
export interface ObjectionView {
  readonly condition: string;
  readonly verdict: Objection['verdict'];
  readonly message: string;
  readonly missing: readonly string[];
}

/** An action of the viewer: allowed, or why not. */
export interface ActionView {
  readonly action: string;
  readonly label: string | null;
  readonly needs: ActionAnswer['needs'];
  readonly optional: ActionAnswer['optional'];
  readonly allowed: boolean;
  readonly refusals: readonly ObjectionView[];
  readonly warnings: readonly ObjectionView[];
}

/** What every subject tells besides its own fields. */
export interface SituationView {
  /** The state in words: those for staff, or those for everybody else. */
  readonly stateLabel: string;
  readonly waitsFor: string | null;
  readonly roles: readonly string[];
  readonly actions: readonly ActionView[];
}

export const STAFF: readonly string[] = ['secretary', 'chair', 'coordinator', 'decider'];

/** `isTold`: what was decided is known to this viewer, so that the state need not be told in words that hide it. */
export function situationView(look: Look, language: Language, isTold = false): SituationView {
  const isStaff = look.roles.some((role) => STAFF.includes(role));
  return {
    stateLabel: (isStaff || isTold ? look.label : look.told)[language],
    waitsFor: isStaff || look.roles.includes(look.waitsFor ?? '') ? look.waitsFor : null,
    roles: look.roles,
    actions: look.actions.map((answer) => actionView(answer, language)),
  };
}

function actionView(
  { action, label, needs, optional, allowed, ...judged }: ActionAnswer,
  language: Language,
): ActionView {
  const [refusals, warnings] = [judged.refusals, judged.warnings].map((list) => objections(list, language));
  return {
    action,
    label: label?.[language] ?? null,
    needs,
    optional,
    allowed,
    refusals: refusals ?? [],
    warnings: warnings ?? [],
  };
}

export function objections(list: readonly Objection[], language: Language): ObjectionView[] {
  return list.map(({ condition, verdict, text, missing }) => ({
    condition,
    verdict,
    message: text[language],
    missing,
  }));
}
