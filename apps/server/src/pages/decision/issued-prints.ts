import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuedDocuments } from '#app/worker';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { Pages } from '../pages.js';
import { printHeaders } from './print-headers.js';

interface Wanted {
  readonly id: string;
  readonly region: string;
  /** Part of the key of the file's name: `decision.file-name`. */
  readonly kind: 'advice' | 'decision' | 'ranking' | 'receipt' | 'waiver';
  /** Of the proposal or call, for the file's name. */
  readonly number: string;
}

/** Hands out documents in print: the bytes that the store keeps, in the language of the reader. */
@Injectable()
export class IssuedPrints {
  constructor(
    private readonly pages: Pages,
    private readonly documents: IssuedDocuments,
  ) {}

  /** Whether this person may read it is for the caller to know. Throws SubjectNotFound. */
  async send(
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    { id, region, kind, number }: Wanted,
  ): Promise<void> {
    const wanted = { id, region, actor: personOf(request) };
    const { pdf, sha256 } = await this.documents.print(wanted, languageOf(request));
    const name = this.pages.say(request, `${kind}.file-name`, { number });
    void reply.headers({ ...printHeaders(name), etag: `"${sha256}"` }).send(pdf);
  }
}
