import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newFormKey } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { NOT_SOUGHT } from '../search-box.js';
import { partiesView } from './parties.view.js';
import type { PartyCase } from './party-case.js';
import type { PartySearch } from './party-search.js';

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The form as it was filled in, what was looked up for it, and what is wrong with it. */
export interface Shown extends Partial<PartySearch> {
  readonly errors?: readonly FieldError[];
}

/** The page of who takes part: the list, what they give, and the form for one more. */
@Injectable()
export class PartyPage {
  constructor(private readonly pages: Pages) {}

  sayTo(request: FastifyRequest): (key: string, values?: Readonly<Record<string, unknown>>) => string {
    return (key, values) => this.pages.say(request, key, values);
  }

  show(party: PartyCase, { request, reply }: Exchange, { fields = {}, errors = [], search = NOT_SOUGHT }: Shown): void {
    const { id, number } = party.proposal;
    const say = this.sayTo(request);
    const title = say('party.title');
    this.pages.show(request, reply, {
      view: 'parties',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/aanvragen/${id}`, label: number }, { label: title }],
      model: {
        ...partiesView(party, fields, say),
        search,
        key: newFormKey(),
        errorFor: Object.fromEntries(errors.map((one) => [one.id, one.message])),
      },
    });
  }
}
