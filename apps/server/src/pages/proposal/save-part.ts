import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { VersionIsStale } from '#lib/engine';
import { SaveProposal, withOnly, UNNAMED } from '#lib/intake';
import { FindSchools } from '#lib/people';
import type { Language } from '#lib/kernel';
import { languageOf } from '../../edge/language.js';
import { personOf } from '../../edge/request-facts.js';
import { fieldsOf, textIn, type Fields } from '../form-fields.js';
import { mergedPart } from './merged-part.js';
import { questionsOf, titleOf, typedIn } from './part.view.js';
import { ProposalCases, type ProposalCase } from './proposal-case.js';
import { RegistrySearch } from './registry-search.js';
import { withAnswers } from './read-answers.js';

/** What became of a part that was sent. `changed`: somebody else changed the same answer after this page was shown; nothing was stored. */
export interface SavedPart {
  readonly outcome: 'saved' | 'changed';
  readonly found: ProposalCase;
  /** The answers as the person wants them. */
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Of the answers as the page that sent them shows them, for its next sending. */
  readonly base: string;
}

const TRIES = 3;

/**
 * Saves one part of a proposal and leaves the others as they are, also when those are saved at the same time; in a completion also every
 * answer that was not asked for.
 */
@Injectable()
export class SavePart {
  constructor(
    private readonly cases: ProposalCases,
    private readonly saving: SaveProposal,
    private readonly schools: FindSchools,
    private readonly registry: RegistrySearch,
  ) {}

  /** Throws SubjectNotFound, ProposalNotInYourHands. */
  async execute(id: string, part: string, request: FastifyRequest): Promise<SavedPart> {
    const fields = await this.withPartner(withPicked(fieldsOf(request)));
    for (let tries = 1; ; tries++) {
      const found = await this.cases.readWritten(id, request);
      const written = answersOf(found, part, { fields, language: languageOf(request) });
      const content = await this.withRegistry(written.content);
      const mine = withOnly(found.form, found.mayChange, storedIn(found), { ...written, content });
      const { answers, isDisputed, base } = mergedPart(found, part, { mine, base: fields['_base'] });
      if (isDisputed && fields['_action'] !== 'overwrite') return { outcome: 'changed', found, ...answers, base };
      try {
        await this.save(found, answers, request);
        return { outcome: 'saved', found: await this.cases.readWritten(id, request), ...answers, base };
      } catch (error) {
        // Another part was saved in between: read again and put this part on top.
        if (!(error instanceof VersionIsStale) || tries === TRIES) throw error;
      }
    }
  }

  /** An organisation that was chosen from what was found is one more row. */
  private async withPartner(fields: Fields): Promise<Fields> {
    const code = /^pick-organisation:([a-z0-9-]{2,60})$/.exec(fields['_action'] ?? '')?.[1];
    const found = code === undefined ? null : await this.registry.partner(code);
    if (found === null) return fields;
    const { name, kind, kvk } = found;
    const row = { 'partners.999.name': name, 'partners.999.kind': kind, 'partners.999.kvk': kvk ?? '' };
    return { ...fields, ...row, 'partners.search': '' };
  }

  /** What the registry knows of a school is not for people to type. */
  private async withRegistry(content: Wanted['content']): Promise<Wanted['content']> {
    const rows = (content['schools'] ?? []) as readonly { readonly site?: string }[];
    const sites = rows.flatMap(({ site }) => (site === undefined ? [] : [site]));
    const known = await this.schools.bySites(sites);
    if (known.length === 0) return content;
    const schools = rows.map((row) => {
      const school = known.find(({ site }) => site === row.site);
      if (school === undefined) return row;
      const { brin, board, province, level, name } = school;
      return { ...row, brin, board, province, level, name };
    });
    return { ...content, schools };
  }

  private async save({ proposal }: ProposalCase, { title, content }: Wanted, request: FastifyRequest): Promise<void> {
    const { id, revision, region } = proposal;
    const asked = { actorId: personOf(request), region, receivedAt: request.receivedAt };
    await this.saving.execute(id, { title: title === '' ? UNNAMED : title, content }, revision, asked);
  }
}

interface Sent {
  readonly fields: Fields;
  readonly language: Language;
}

interface Wanted {
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
}

function answersOf(found: ProposalCase, part: string, sent: Sent): Wanted {
  const { fields } = sent;
  const stored = storedIn(found);
  const questions = questionsOf(found, stored, part);
  const title = 'title' in fields ? textIn(fields, 'title', 300) : stored.title;
  const others = typedIn(questions).filter(({ path }) => path !== 'title' && found.mayChange(path));
  const content = found.form.tidied(withAnswers(stored.content, others, sent));
  return { title, content };
}

function storedIn({ proposal }: ProposalCase): Wanted {
  return { title: titleOf(proposal), content: proposal.content };
}

/** A school that was chosen from what was found is one more row. */
function withPicked(fields: Fields): Fields {
  const site = /^pick:(\w{6})$/.exec(fields['_action'] ?? '')?.[1];
  return site === undefined ? fields : { ...fields, 'schools.999.site': site, 'schools.search': '' };
}
