/** Programmes, regions, regulations and calls: the rules as data. */
export { callCatalogue } from './call-catalogue.js';
export { APPLICATION_FACTS } from './application-facts.js';
export type { ProgrammeFile, RegulationFile, Rubric, WrittenCondition } from './regulation-file.js';
export { RegulationIsWrong } from './read-file.js';
export { NoTrancheLeft, type Tranche } from './tranches.js';
export { readForm, readProgramme, readRegulation } from './read-regulation.js';
export type { AddedQuestion, FormFile, FormQuestion, QuestionKind } from './form/form-file.js';
export { formWith, QUESTION_KINDS } from './form/form-file.js';
export type { CompiledQuestion, FormFault } from './form/answer-faults.js';
export { compileForm, type CompiledForm } from './form/compiled-form.js';
export { answerInWords, inGroups, isTypedFor, YES_NO, type AnswerWords } from './form/answer-in-words.js';
export { applicationText, NOT_ASKED, type AnsweredPart, type AnsweredQuestion } from './form/application-text.js';
export { jsonSchemaOf } from './form/json-schema.js';
export { tidyIban } from './form/iban.js';
export { valueAt, withValueAt } from './form/paths.js';
export { conditionsOf, FITTING } from './conditions-of.js';
export { callDays, type CallDays } from './call-days.js';
export { isBeforeClosing, isOpenAt, TOLD_MOMENTS, type CallMoments } from './call-moments.js';
export { loadConfiguration, type FirstLoad } from './first-load.js';
export { onceWords, type AwardedRule, type CountedRule, type LookedAfterRule, type OnceRule } from './once-rule.js';
export { conditionWords, type CallRules, type ConditionWords } from './pack.js';
export { FrozenRules, RulesNotFound } from './frozen-rules.js';
export {
  compileConditions,
  judgeApplication,
  type CompiledConditions,
  type Eligibility,
  type EligibilityVerdict,
} from './judge-application.js';
export { DistributionNotSupported } from './regulation-in-force.js';
export { readRegulationInForce, type PublicRegulation } from './read-regulation-in-force.js';
export { CallClosesBeforeItOpens, CallNumberTaken, CreateCall, type NewCall, type Request } from './create-call.js';
export { OutageTimesAreWrong, RegisterOutage, type Outage } from './register-outage.js';
export { closingAfter, readClosing, type ClosingView } from './read-closing.js';
export { callPort } from './call-port.js';
export { listCalls, listCallsOfRegions, readCall, type CallView } from './read-calls.js';
export { readDesks, type Desk } from './read-desks.js';
export { REGULATION_MESSAGES } from './messages.js';
export { regimeKey, sayingUnder, type Regime } from './regime-words.js';
