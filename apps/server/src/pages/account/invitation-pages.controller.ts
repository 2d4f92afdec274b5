import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { isNamed } from '#lib/intake';
import { DomainError } from '#lib/kernel';
import { AcceptInvitation, InvitationNotValid, ROLE_LABELS, type Accepted, type OpenInvitation } from '#lib/people';
import { languageOf } from '../../edge/language.js';
import { SessionCookie } from '../../edge/session-cookie.js';
import { faultOf } from '../fault.js';
import { fieldsOf, localPath, type Fields } from '../form-fields.js';
import { Pages } from '../pages.js';
import { thenOf } from './kept.js';

interface InvitationForm {
  readonly invited: OpenInvitation;
  readonly fields: Fields;
  readonly fault?: string;
}

type WithToken = FastifyRequest<{ Params: { token: string } }>;

/** What an invited person sees: who asks for what, and one button. */
@ApiExcludeController()
@Controller('uitnodiging/:token')
@Policy('public')
export class InvitationPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly accepting: AcceptInvitation,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  async show(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    try {
      const invited = await this.accepting.read(request.params.token);
      this.form(request, reply, { invited, fields: {} });
    } catch (error) {
      if (!(error instanceof InvitationNotValid)) throw error;
      this.gone(request, reply, error);
    }
  }

  @Post()
  async accept(@Req() request: WithToken, @Res() reply: FastifyReply): Promise<void> {
    const { token } = request.params;
    const fields = fieldsOf(request);
    try {
      const { name = '', password = '' } = fields;
      const typed = { ...(name.trim() === '' ? {} : { name: name.trim() }), ...(password === '' ? {} : { password }) };
      const accepted = await this.accepting.execute({ token, language: languageOf(request), ...typed });
      if (accepted.sessionId !== null) this.cookie.set(reply, accepted.sessionId);
      void reply.redirect(placeAfter(accepted, request), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error instanceof InvitationNotValid) this.gone(request, reply, error);
      else {
        const invited = await this.accepting.read(token);
        this.form(request, reply, { invited, fields, fault: faultOf(error, request).message });
      }
    }
  }

  private form(request: FastifyRequest, reply: FastifyReply, { invited, fields, fault }: InvitationForm): void {
    const { name, email, roles, expiresAt, hasAccount, proposal } = invited;
    const labels = roles.map((role) => ROLE_LABELS[role][languageOf(request)]);
    this.pages.show(request, reply, {
      view: 'invitation',
      title: this.pages.say(request, 'account.invitation-title'),
      model: {
        address: request.url,
        name: fields['name'] ?? name,
        email,
        labels,
        expiresAt,
        hasAccount,
        proposal: proposal === null || isNamed(proposal.title) ? proposal : { ...proposal, title: null },
        fault: fault ?? null,
      },
      ...(fault === undefined ? {} : { errors: [{ id: 'password', message: fault }], status: 422 }),
    });
  }

  private gone(request: FastifyRequest, reply: FastifyReply, error: InvitationNotValid): void {
    const { message } = faultOf(error, request);
    const title = this.pages.say(request, 'account.invitation-gone');
    this.pages.show(request, reply, { view: 'message', title, model: { text: message }, status: 410 });
  }
}

/** Where the link leads, once the person is signed in. */
function placeAfter({ sessionId, personId }: Accepted, request: FastifyRequest): string {
  const then = localPath(thenOf(request));
  if (sessionId !== null || personId === request.viewer?.id) return then;
  return then === '/' ? '/inloggen' : `/inloggen?terug=${encodeURIComponent(then)}`;
}
