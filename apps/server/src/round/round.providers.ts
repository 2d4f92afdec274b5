import type { Provider } from '@nestjs/common';
import { AssignReviewer, DeclareInterest, EndSeat, OpenSeat } from '#lib/committee';
import type { Database } from '#lib/database';
import { AddObjectionFile, AskExplanation, GiveExplanation, MakeRanking, RegisterObjection } from '#lib/decision';
import {
  AnswerCheck,
  AnswerPart,
  AskCheck,
  AskOpening,
  AskQuestion,
  ConsultRegion,
  ConvertInitiative,
  CreateProposal,
  HandleQuestion,
  MatchOffer,
  OfferHelp,
  ReuseProposal,
  SaveInitiative,
  SaveProposal,
  StartInitiative,
  WriteCoWriters,
  WriteParties,
} from '#lib/intake';
import type { PeopleOptions } from '#lib/people';
import { CreateCall, RegisterOutage } from '#lib/regulation';
import { SaveReview } from '#lib/review';
import type { RoundParts } from '../server-options.js';
import { Reusing } from './reusing.js';
import { Subjects } from './subjects.js';

/** The acts of a round that routes use, made once on the server's database. */
export function roundProviders(
  database: Database,
  { engine, frozen, messageIds, documents }: RoundParts,
  people: PeopleOptions,
): Provider[] {
  const creating = new CreateProposal(database, engine, frozen);
  const acts = [
    ...[engine, frozen, documents, new CreateCall(database, engine, frozen)],
    ...[creating, new SaveProposal(database, frozen)],
    ...[new StartInitiative(database, engine, frozen), new SaveInitiative(database), new ConsultRegion(database)],
    ...[new ConvertInitiative(database, engine, creating, frozen), new MatchOffer(database, messageIds)],
    ...[new RegisterObjection(database, messageIds), new AddObjectionFile(database), new RegisterOutage(database)],
    ...[new AskExplanation(database, messageIds), new GiveExplanation(database, messageIds)],
    ...[new ReuseProposal(database, frozen, creating)],
    ...[new AskQuestion(database, frozen), new HandleQuestion(database, messageIds)],
    ...[new AskCheck(database, frozen), new AnswerCheck(database, frozen, messageIds)],
    new AskOpening(database, { messageIds, linkTo: people.links.opening }),
    new OfferHelp(database, { messageIds, linkTo: people.links.offer }),
    new WriteParties(database, frozen, { messageIds, linkTo: people.links.party }),
    new WriteCoWriters(database, frozen, people),
    new AnswerPart(database, frozen, messageIds),
    ...[new OpenSeat(database), new EndSeat(database), new DeclareInterest(database, engine)],
    ...[new AssignReviewer(database, engine, frozen, messageIds), new SaveReview(database), new MakeRanking(database)],
  ];
  return [Subjects, Reusing, ...acts.map((act) => ({ provide: act.constructor, useValue: act }))];
}
