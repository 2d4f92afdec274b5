import type { Provider } from '@nestjs/common';
import { AssignReviewer, DeclareInterest, EndSeat, OpenSeat } from '#lib/committee';
import type { Database } from '#lib/database';
import { MakeRanking } from '#lib/decision';
import { CreateProposal, SaveProposal } from '#lib/intake';
import { CreateCall } from '#lib/regulation';
import { SaveReview } from '#lib/review';
import type { RoundParts } from '../server-options.js';
import { Subjects } from './subjects.js';

/** The acts of a round that routes use, made once on the server's database. */
export function roundProviders(database: Database, { engine, frozen, messageIds }: RoundParts): Provider[] {
  const acts = [
    ...[engine, frozen, new CreateCall(database, engine, frozen)],
    ...[new CreateProposal(database, engine, frozen), new SaveProposal(database, frozen)],
    ...[new OpenSeat(database), new EndSeat(database), new DeclareInterest(database, engine)],
    ...[new AssignReviewer(database, engine, frozen, messageIds), new SaveReview(database), new MakeRanking(database)],
  ];
  return [Subjects, ...acts.map((act) => ({ provide: act.constructor, useValue: act }))];
}
