import { Desks } from './contact/desks.js';
import { DecisionCases } from './decision/decision-case.js';
import { DecideCases } from './decision/decide-case.js';
import { IssuedPrints } from './decision/issued-prints.js';
import { ObjectionCases } from './decision/objection-case.js';
import { ObjectionPage } from './decision/objection.page.js';
import { HubCases } from './proposal/hub-case.js';
import { ProposalCases } from './proposal/proposal-case.js';
import { RegistrySearch } from './proposal/registry-search.js';
import { SavePart } from './proposal/save-part.js';
import { ReviewCases } from './review/review-case.js';
import { ActionForms } from './action/action-forms.js';
import { EachMove } from './action/each-move.js';
import { OpeningChoices } from './opening/opening-choices.js';
import { OfferPlaces } from './initiative/offer-places.js';
import { InitiativeNeighbours } from './initiative/initiative-neighbours.js';
import { BoardWorks } from './board/board-work.js';
import { NameParticipant } from './party/name-participant.js';
import { PartyCases } from './party/party-case.js';
import { NewInitiatives } from './initiative/new-initiative.js';
import { PartyPage } from './party/party.page.js';
import { PartySearches } from './party/party-search.js';
import { AroundCalls } from './call/around-call.js';
import { CallCases } from './call/call-case.js';
import { EarlyCheckCases } from './early-check/early-check-case.js';
import { EveryCall } from './call/every-call.js';
import { StartWorks } from './start/start-work.js';
import { OwnProposals } from './proposal/own-proposals.js';
import { Layers } from './call/lay-before.js';

/** What screens share. */
export const pageProviders = [
  Desks,
  ProposalCases,
  SavePart,
  RegistrySearch,
  ReviewCases,
  AroundCalls,
  CallCases,
  EarlyCheckCases,
  EveryCall,
  OwnProposals,
  StartWorks,
  HubCases,
  Layers,
  ActionForms,
  EachMove,
  InitiativeNeighbours,
  OfferPlaces,
  OpeningChoices,
  BoardWorks,
  NameParticipant,
  PartyCases,
  PartyPage,
  PartySearches,
  NewInitiatives,
  DecideCases,
  DecisionCases,
  IssuedPrints,
  ObjectionCases,
  ObjectionPage,
];
