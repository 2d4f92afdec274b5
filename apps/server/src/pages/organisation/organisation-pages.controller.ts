import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOBODY, PageRequest, Policy, regionsOf } from '#lib/access';
import { DomainError } from '#lib/kernel';
import { FindOrganisations, ORGANISATION_KINDS, WriteOrganisation, type Organisation } from '#lib/people';
import { IdPipe } from '../../edge/id.pipe.js';
import { viewerOf } from '../../edge/request-facts.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { fieldsFrom, organisationIn } from './organisation-form.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const SIZE = 50;

/** The registry of organisations, to search by everybody. */
@ApiExcludeController()
@Controller('organisaties')
@Policy('public')
export class OrganisationListController {
  constructor(
    private readonly pages: Pages,
    private readonly finding: FindOrganisations,
  ) {}

  @Get()
  async list(
    @Query() { zoek, soort, na }: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const text = typeof zoek === 'string' ? zoek : '';
    const kind = ORGANISATION_KINDS.find((one) => one === soort) ?? '';
    const page = PageRequest.from(typeof na === 'string' && na !== '' ? na : undefined, SIZE);
    const { items, next } = await this.finding.search({ text, kinds: kind === '' ? [] : [kind] }, page);
    const mayWrite = regionsOf(request.viewer ?? NOBODY, ['national-office']).length > 0;
    const more =
      next === null ? null : `/organisaties?${new URLSearchParams({ zoek: text, soort: kind, na: next }).toString()}`;
    this.pages.show(request, reply, {
      view: 'organisations',
      title: this.pages.say(request, 'organisation.title'),
      model: { items, more, text, mayWrite, kinds: kindOptions(kind), foundNothing: items.length === 0 },
    });
  }
}

/** The national office adds and changes organisations. */
@ApiExcludeController()
@Controller('organisaties')
@Policy('registry-keepers')
export class OrganisationPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly finding: FindOrganisations,
    private readonly writing: WriteOrganisation,
  ) {}

  @Get('nieuw')
  showNew(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.form({ request, reply }, null, {}, []);
  }

  @Post('nieuw')
  async add(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.write({ request, reply }, null, async (written) => {
      await this.writing.add(viewerOf(request), written, formKeyOf(request));
    });
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const organisation = await this.finding.read(id);
    this.form({ request, reply }, organisation, fieldsFrom(organisation), []);
  }

  @Post(':id')
  async change(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const revision = Number(fieldsOf(request)['_revision']);
    await this.write({ request, reply }, await this.finding.read(id), (written) =>
      this.writing.change(viewerOf(request), id, written, revision),
    );
  }

  private async write(
    { request, reply }: Exchange,
    known: Organisation | null,
    work: (written: ReturnType<typeof organisationIn>['written']) => Promise<void>,
  ): Promise<void> {
    const fields = fieldsOf(request);
    const { written, errors } = organisationIn(fields, known, (key) => this.pages.say(request, key));
    if (errors.length > 0) {
      this.form({ request, reply }, known, fields, errors);
      return;
    }
    try {
      await work(written);
      void reply.redirect(`/organisaties?zoek=${encodeURIComponent(written.name)}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      this.form({ request, reply }, known, fields, [{ id: 'name', message: faultOf(error, request).message }]);
    }
  }

  private form(
    { request, reply }: Exchange,
    known: Organisation | null,
    fields: Fields,
    errors: readonly FieldError[],
  ): void {
    const say = (key: string): string => this.pages.say(request, key);
    const title = known?.name ?? say('organisation.new-title');
    this.pages.show(request, reply, {
      ...{ view: 'organisation', title, errors, status: errors.length > 0 ? 422 : 200 },
      crumbs: [{ href: '/organisaties', label: say('organisation.title') }, { label: title }],
      model: {
        ...{ fields, isNew: known === null, revision: known?.revision, key: newFormKey() },
        address: known === null ? '/organisaties/nieuw' : `/organisaties/${known.id}`,
        kinds: kindOptions(fields['kind'] ?? 'COMPANY'),
        errorFor: Object.fromEntries(errors.map(({ id, message }) => [id, message])),
      },
    });
  }
}

function kindOptions(chosen: string): readonly object[] {
  return ORGANISATION_KINDS.map((value) => ({ value, text: `partner-kind.${value}`, on: value === chosen }));
}
