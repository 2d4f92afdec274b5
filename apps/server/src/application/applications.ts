import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainLetter, type Letter } from '#lib/documents';
import { downloadHeaders } from '#lib/files';
import { personOf } from '../edge/request-facts.js';
import { printHeaders } from '../pages/decision/print-headers.js';
import { Pages } from '../pages/pages.js';
import { ProposalCases } from '../pages/proposal/proposal-case.js';
import { ApplicationLetters, type KeptAside } from './application-letters.js';
import { ApplicationPress } from './application-press.js';

/** In which form an application is handed out. */
type Format = 'pdf' | 'txt';

/** A request for a file and its answer. */
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Old programs on Windows take a text without it for another encoding. */
const BYTE_ORDER_MARK = '\u{feff}';

/** Hands applications out as files: in print, or as text. */
@Injectable()
export class Applications {
  constructor(
    private readonly cases: ProposalCases,
    private readonly letters: ApplicationLetters,
    private readonly pages: Pages,
    private readonly press: ApplicationPress,
  ) {}

  /** Throws SubjectNotFound, PressIsBusy. */
  async send(id: string, format: Format, exchange: Exchange): Promise<void> {
    const found = await this.cases.read(id, exchange.request);
    await this.hand(await this.letters.letterOf(found, exchange.request), format, exchange);
  }

  /** The same of what was set aside. Throws PressIsBusy. */
  async sendSetAside({ found, kept }: KeptAside, format: Format, exchange: Exchange): Promise<void> {
    await this.hand(await this.letters.letterOf(found, exchange.request, kept), format, exchange);
  }

  private async hand(letter: Letter, format: Format, { request, reply }: Exchange): Promise<void> {
    const key = letter.pages?.mark == null ? 'application.file-name' : 'application.file-name-draft';
    const name = this.pages.say(request, key, { number: letter.reference });
    if (format === 'pdf') {
      const pdf = await this.press.print(letter, personOf(request));
      void reply.headers(printHeaders(name)).send(pdf);
      return;
    }
    const bytes = Buffer.from(BYTE_ORDER_MARK + plainLetter(letter).replaceAll('\n', '\r\n'), 'utf8');
    const file = { name: `${name}.txt`, mediaType: 'text/plain; charset=utf-8', bytes: bytes.length };
    void reply.headers(downloadHeaders(file)).send(bytes);
  }
}
