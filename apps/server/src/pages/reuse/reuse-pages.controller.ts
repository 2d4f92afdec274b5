import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { SubjectNotFound } from '#lib/engine';
import { isOver, readProposal, type ProposalView } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { IdPipe } from '../../edge/id.pipe.js';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Reusing } from '../../round/reusing.js';
import { Subjects } from '../../round/subjects.js';
import { EveryCall, type PlacedCall } from '../call/every-call.js';
import { faultOf } from '../fault.js';
import { fieldsOf, formKeyOf, newFormKey } from '../form-fields.js';
import { plainDate } from '../moments.js';
import { Pages, type FieldError } from '../pages.js';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** "Use this proposal again": a draft in an open call of one's choice, with what that call still asks. */
@ApiExcludeController()
@Controller('aanvragen/:id/opnieuw')
@Policy('by-scope')
export class ReusePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly subjects: Subjects,
    private readonly calls: EveryCall,
    private readonly reusing: Reusing,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page({ request, reply }, await this.read(id, request), []);
  }

  @Post()
  async reuse(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const proposal = await this.read(id, request);
    const chosen = fieldsOf(request)['call'] ?? '';
    if (!UUID.test(chosen)) {
      const message = this.pages.say(request, 'reuse.choose');
      await this.page({ request, reply }, proposal, [{ id: 'call', message }]);
      return;
    }
    try {
      const draft = await this.reusing.execute(id, chosen, request, formKeyOf(request));
      void reply.redirect(`/aanvragen/${draft}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'not-found') throw error;
      await this.page({ request, reply }, proposal, [{ id: 'call', message: faultOf(error, request).message }]);
    }
  }

  /** Throws SubjectNotFound unless it is the viewer's own and over. */
  private async read(id: string, request: FastifyRequest): Promise<ProposalView> {
    const proposal = await this.subjects.read({ kind: 'proposal', id }, personOf(request), (tx) =>
      readProposal(tx, id),
    );
    if (proposal?.isOwn !== true || !isOver(proposal)) throw new SubjectNotFound('proposal', id);
    return proposal;
  }

  private async page(
    { request, reply }: Exchange,
    proposal: ProposalView,
    errors: readonly FieldError[],
  ): Promise<void> {
    const language = languageOf(request);
    const open = (await this.calls.list(request)).filter(({ isOpen }) => isOpen);
    const fits = await Promise.all(
      open.map(async (one) => ({ ...one, fit: await this.reusing.fit(proposal, one.call) })),
    );
    const [fitting, unfit] = [
      fits.filter(({ fit }) => fit.refusals.length === 0),
      fits.filter(({ fit }) => fit.refusals.length > 0),
    ];
    const nameOf = ({ call, region }: PlacedCall): string => `${region[language]}: ${call.name[language]}`;
    const say = (key: string): string => this.pages.say(request, key);
    const title = say('reuse.title');
    this.pages.show(request, reply, {
      view: 'reuse',
      title,
      errors,
      status: errors.length > 0 ? 422 : 200,
      crumbs: [{ href: `/aanvragen/${proposal.id}`, label: proposal.number }, { label: title }],
      model: {
        ...{ proposal, key: newFormKey(), error: errors[0]?.message ?? null },
        calls: fitting.map((one) => ({
          value: one.call.id,
          text: `${nameOf(one)} (${say('call.closes').toLowerCase()} ${plainDate(language, one.call.closesAt)})`,
          on: fitting.length === 1,
        })),
        asking: fitting.map((one) => ({ name: nameOf(one), missing: one.fit.missing.map((label) => label[language]) })),
        unfit: unfit.map((one) => ({
          name: nameOf(one),
          why: one.fit.refusals.map((text) => text[language]).join(' '),
        })),
      },
    });
  }
}
