import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database } from '#lib/database';
import { readDesks } from '#lib/regulation';
import { languageOf } from '../../edge/language.js';

/** A desk as a page names it. */
export interface DeskView {
  readonly region: string;
  readonly name: string;
  readonly provinces: readonly string[];
  readonly address: string | null;
  readonly email: string | null;
}

/** Where the desks are reached, for whoever needs one. */
@Injectable()
export class Desks {
  constructor(private readonly database: Database) {}

  async all(request: FastifyRequest): Promise<readonly DeskView[]> {
    const language = languageOf(request);
    return (await readDesks(this.database)).map((desk) => ({ ...desk, name: desk.name[language] }));
  }

  /** Null when nothing says how the desk of a region is reached. */
  async of(region: string, request: FastifyRequest): Promise<DeskView | null> {
    const desk = (await this.all(request)).find((one) => one.region === region);
    return desk?.email == null ? null : desk;
  }
}
