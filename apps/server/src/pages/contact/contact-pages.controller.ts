import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Policy } from '#lib/access';
import { NATIONAL } from '#lib/intake';
import { FindSchools, type FoundSchool } from '#lib/people';
import { Pages } from '../pages.js';
import { Desks, type DeskView } from './desks.js';

/** Whom to ask, which network is one's own, and what becomes of what one tells (A4): readable without an account. */
@ApiExcludeController()
@Controller()
@Policy('public')
export class ContactPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly desks: Desks,
    private readonly schools: FindSchools,
  ) {}

  @Get('contact')
  async contact(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('zoek') sought: unknown,
  ): Promise<void> {
    const desks = await this.desks.all(request);
    const text = typeof sought === 'string' ? sought.trim().slice(0, 100) : '';
    const municipalities = await this.schools.municipalities(text);
    const schools = text === '' ? [] : await this.schools.search(text);
    const found = [...provincesLike(desks, text), ...[...municipalities, ...schools].map((one) => placeOf(desks, one))];
    this.pages.show(request, reply, {
      view: 'contact',
      title: this.pages.say(request, 'contact.title'),
      model: {
        ...{ text, found, foundNothing: text !== '' && found.length === 0 },
        networks: desks.filter(({ region }) => region !== NATIONAL),
        national: desks.find(({ region, email }) => region === NATIONAL && email !== null) ?? null,
      },
    });
  }

  @Get('privacy')
  privacy(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.statement('privacy', request, reply);
  }

  @Get('toegankelijkheid')
  accessibility(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.statement('accessibility', request, reply);
  }

  private statement(name: 'privacy' | 'accessibility', request: FastifyRequest, reply: FastifyReply): void {
    const sections = this.pages.say(request, `contact.${name}-sections`).split(' ');
    this.pages.show(request, reply, {
      view: 'statement',
      title: this.pages.say(request, `contact.${name}`),
      model: { sections: sections.map((one) => ({ heading: `contact.${one}`, text: `contact.${one}-text` })) },
    });
  }
}

type Found = Pick<FoundSchool, 'name' | 'place' | 'province' | 'region'>;

interface Place {
  readonly name: string;
  readonly detail: string;
  /** Null: no network is for this province yet. */
  readonly desk: DeskView | null;
}

function provincesLike(desks: readonly DeskView[], text: string): readonly Place[] {
  const plain = text.toLowerCase();
  if (plain.length < 3) return [];
  return desks.flatMap((desk) =>
    desk.provinces
      .filter((province) => province.toLowerCase().includes(plain))
      .map((province) => ({ name: province, detail: '', desk })),
  );
}

function placeOf(desks: readonly DeskView[], { name, place, province, region }: Found): Place {
  const desk = region === NATIONAL ? null : (desks.find((one) => one.region === region) ?? null);
  return { name, detail: [place, province].filter((word) => word !== '' && word !== name).join(', '), desk };
}
