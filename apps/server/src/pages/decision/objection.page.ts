import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FILE_KINDS } from '#lib/files';
import { dateOf } from '#lib/kernel';
import { languageOf } from '../../edge/language.js';
import { newFormKey } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { fileField, fileRows } from '../proposal/files.view.js';
import { regimeKey, sayingUnder } from '#lib/regulation';
import type { ObjectionCase } from './objection-case.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Sent {
  readonly reasons?: string;
  readonly errors?: readonly FieldError[];
}

/** The page of an objection: the form, its receipt with files, or what staff read of it. */
@Injectable()
export class ObjectionPage {
  constructor(private readonly pages: Pages) {}

  show({ request, reply }: Exchange, found: ObjectionCase, { reasons = '', errors = [] }: Sent = {}): void {
    const { proposal, decision } = found;
    const { isOwn } = proposal;
    const regime = regimeKey(decision.regime);
    const say = sayingUnder(decision.regime, (key, values) => this.pages.say(request, key, values));
    const title = say(`objection.${isOwn ? 'title' : 'name'}-${regime}`);
    const lastDay = decision.objectionLastDay;
    this.pages.show(request, reply, {
      ...{ view: 'objection', title, errors, status: errors.length > 0 ? 422 : 200 },
      crumbs: [{ href: `/aanvragen/${proposal.id}/besluit`, label: proposal.number }, { label: title }],
      model: {
        ...{ proposal, isOwn, reasons, key: newFormKey(), error: errors[0]?.message ?? null },
        ...{ lastDay, isLate: lastDay !== null && dateOf(request.receivedAt) > lastDay },
        ...{ why: say('objection.why'), send: `objection.send-${regime}` },
        ...objectionsView(found, request),
      },
    });
  }
}

function objectionsView({ proposal, objections }: ObjectionCase, request: FastifyRequest): object {
  const language = languageOf(request);
  const folder = `/aanvragen/${proposal.id}/bezwaar/bestanden`;
  const rows = objections.map((one) => ({
    ...one,
    files: fileRows(one.files, { folder, isOwn: proposal.isOwn, language }),
  }));
  return {
    rows,
    folder,
    objection: rows.find(({ isCurrent }) => isCurrent) ?? null,
    ...fileField(FILE_KINDS, language),
  };
}
