import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy, type Page } from '#lib/access';
import {
  FindOrganisations,
  ORGANISATION_KINDS,
  OrganisationDto,
  organisationOf,
  WriteOrganisation,
  type Organisation,
} from '#lib/people';
import { IdPipe } from '../edge/id.pipe.js';
import { described, nullOr, oneOf, orNull, pageOf } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { keyOf, revisionOf, tagWith, viewerOf } from '../edge/request-facts.js';
import { CREATED, ID } from '../round/answers/shared.js';
import { PageQuery } from '../round/page.query.js';

const ORGANISATION = described<Organisation>('Organisation', {
  id: ID,
  revision: 1,
  code: 'kwekerij-van-dam',
  name: 'Kwekerij Van Dam',
  kind: oneOf(ORGANISATION_KINDS, 'COMPANY'),
  kvk: orNull('09000001'),
  place: 'Assen',
  province: 'Drenthe',
  regions: ['noord'],
  endedOn: nullOr('2027-12-31'),
});

export class OrganisationQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'kwekerij assen',
    description: 'Words of name, place or Chamber of Commerce number.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly query?: string;

  @ApiPropertyOptional({ enum: ORGANISATION_KINDS, example: 'COMPANY' })
  @IsOptional()
  @IsIn(ORGANISATION_KINDS)
  readonly kind?: string;
}

/** The registry of organisations: actors of the plan and whoever can be a partner. */
@ApiTags('organisations')
@Controller('api/v1/organisations')
@Policy('public')
export class OrganisationsController {
  constructor(
    private readonly finding: FindOrganisations,
    private readonly writing: WriteOrganisation,
  ) {}

  @Get()
  @Documented({
    summary: 'Organisations by name, place, number and kind, without those that have ended.',
    ...{ answer: pageOf(ORGANISATION), faults: ['cursor-is-wrong'] },
  })
  search(@Query() query: OrganisationQuery): Promise<Page<Organisation>> {
    const kinds = query.kind === undefined ? [] : [query.kind];
    return this.finding.search({ text: query.query ?? '', kinds }, PageQuery.pageOf(query));
  }

  @Get(':id')
  @Documented({ summary: 'One organisation, also when it has ended.', answer: ORGANISATION })
  async read(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Organisation> {
    const organisation = await this.finding.read(id);
    tagWith(reply, { version: 1, revision: organisation.revision });
    return organisation;
  }

  @Post()
  @HttpCode(201)
  @Policy('registry-keepers')
  @Documented({
    summary: 'Adds an organisation, by the national office.',
    ...{ status: 201, answer: CREATED, once: true, refusals: ['organisation-known-already'] },
  })
  async add(
    @Body() body: OrganisationDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const id = await this.writing.add(viewerOf(request), organisationOf(body), keyOf(request));
    reply.header('location', `/api/v1/organisations/${id}`);
    return { id };
  }

  @Put(':id')
  @Policy('registry-keepers')
  @Documented({
    summary: 'Replaces what the registry says of an organisation; its code stays.',
    ...{ answer: ORGANISATION, replaces: true, refusals: ['organisation-known-already'] },
  })
  async change(
    @Param('id', IdPipe) id: string,
    @Body() body: OrganisationDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Organisation> {
    await this.writing.change(viewerOf(request), id, organisationOf(body), revisionOf(request));
    return this.read(id, reply);
  }
}
