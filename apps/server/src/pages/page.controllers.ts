import { InvitationPagesController } from './account/invitation-pages.controller.js';
import { KeptPagesController } from './account/kept-pages.controller.js';
import { LinkPagesController } from './account/link-pages.controller.js';
import { PasswordPagesController } from './account/password-pages.controller.js';
import { SignInPagesController } from './account/sign-in-pages.controller.js';
import { SignOutController } from './account/sign-out.controller.js';
import { CallActionController } from './action/call-action.controller.js';
import { ProposalActionController } from './action/proposal-action.controller.js';
import { BoardPagesController } from './board/board-pages.controller.js';
import { BoardPartController } from './board/board-part.controller.js';
import { MandatePagesController } from './board/mandate-pages.controller.js';
import { ArrivalPagesController } from './call/arrival-pages.controller.js';
import { CallFormController } from './call/call-form.controller.js';
import { CallPagesController } from './call/call-pages.controller.js';
import { CallWorkController } from './call/call-work.controller.js';
import { AssignPagesController } from './call/assign-pages.controller.js';
import { LotsPagesController } from './call/lots-pages.controller.js';
import { OutagePagesController } from './call/outage-pages.controller.js';
import { RankingPagesController } from './call/ranking-pages.controller.js';
import { RankingPrintController } from './call/ranking-print.controller.js';
import { DecidePagesController } from './decision/decide-pages.controller.js';
import { ObjectionPagesController } from './decision/objection-pages.controller.js';
import { SignUpPagesController } from './account/sign-up-pages.controller.js';
import { AdvicePagesController } from './decision/advice-pages.controller.js';
import { WaiverPagesController } from './decision/waiver-pages.controller.js';
import { DecisionPagesController } from './decision/decision-pages.controller.js';
import { CheckDeskController } from './early-check/check-desk.controller.js';
import { EarlyCheckPagesController } from './early-check/early-check-pages.controller.js';
import { ExplanationPagesController } from './explanation/explanation-pages.controller.js';
import { AskQuestionPagesController } from './question/ask-question-pages.controller.js';
import { QuestionDeskController } from './question/question-desk.controller.js';
import { ReusePagesController } from './reuse/reuse-pages.controller.js';
import { InitiativeActionController, InitiativeController } from './initiative/initiative.controller.js';
import { InitiativeDeskController, InitiativeListController } from './initiative/initiative-desk.controller.js';
import { InitiativeEditController } from './initiative/initiative-edit.controller.js';
import { NewInitiativeController } from './initiative/initiative-pages.controller.js';
import { OpeningLinkController } from './opening/opening-link.controller.js';
import { OpeningPagesController } from './opening/opening-pages.controller.js';
import { OfferPagesController } from './initiative/offer-pages.controller.js';
import { LanguageController } from './language.controller.js';
import {
  OrganisationListController,
  OrganisationPagesController,
} from './organisation/organisation-pages.controller.js';
import { ApplicationPagesController } from './proposal/application-pages.controller.js';
import { BeginProposalController } from './proposal/begin-proposal.controller.js';
import { PartPagesController } from './proposal/part-pages.controller.js';
import { PartAnswerController } from './party/part-answer.controller.js';
import { CoWriterPagesController } from './co-writer/co-writer-pages.controller.js';
import { PartyEditController } from './party/party-edit.controller.js';
import { PartyNameController } from './party/party-name.controller.js';
import { PartyPagesController } from './party/party-pages.controller.js';
import { OwnProposalsController } from './proposal/own-proposals.controller.js';
import { ProposalPagesController } from './proposal/proposal-pages.controller.js';
import { ReceiptPagesController } from './proposal/receipt-pages.controller.js';
import { SetAsidePagesController } from './proposal/set-aside-pages.controller.js';
import { SubmitPagesController } from './proposal/submit-pages.controller.js';
import { ReviewActsController } from './review/review-acts.controller.js';
import { ReviewPagesController } from './review/review-pages.controller.js';
import { ContactPagesController } from './contact/contact-pages.controller.js';
import { PeoplePagesController } from './people/people-pages.controller.js';
import { StartPageController } from './start/start-page.controller.js';

/** Every screen. */
export const pageControllers = [
  ...[
    StartPageController,
    SignInPagesController,
    LinkPagesController,
    PasswordPagesController,
    InvitationPagesController,
    KeptPagesController,
    SignOutController,
  ],
  ...[
    LanguageController,
    OwnProposalsController,
    BeginProposalController,
    ProposalPagesController,
    PartPagesController,
    SubmitPagesController,
    ReceiptPagesController,
    SetAsidePagesController,
    ApplicationPagesController,
  ],
  ...[ProposalActionController, CallActionController, ReviewPagesController, ReviewActsController],
  ...[
    CallFormController,
    CallPagesController,
    CallWorkController,
    AssignPagesController,
    RankingPagesController,
    RankingPrintController,
  ],
  ...[ArrivalPagesController, LotsPagesController, OutagePagesController],
  ...[DecidePagesController, DecisionPagesController, AdvicePagesController, WaiverPagesController],
  ...[InitiativeListController, NewInitiativeController, InitiativeController, InitiativeActionController],
  ...[InitiativeDeskController, InitiativeEditController, OfferPagesController],
  ...[CoWriterPagesController, PartyPagesController, PartyEditController, PartyNameController, PartAnswerController],
  ...[BoardPagesController, BoardPartController, MandatePagesController],
  ...[OrganisationListController, OrganisationPagesController, PeoplePagesController],
  ...[OpeningPagesController, OpeningLinkController],
  ...[SignUpPagesController, ObjectionPagesController],
  ...[ReusePagesController, ExplanationPagesController, ContactPagesController],
  ...[AskQuestionPagesController, QuestionDeskController, EarlyCheckPagesController, CheckDeskController],
];
