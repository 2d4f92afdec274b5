import { Injectable } from '@nestjs/common';
import { regionsOf, type Viewer } from '#lib/access';
import { Database, type Transaction } from '#lib/database';
import { SubjectNotFound } from '#lib/engine';

type Kind = 'call' | 'proposal' | 'review' | 'seat' | 'initiative';

interface SubjectIn {
  readonly kind: Kind;
  readonly id: string;
}

const REGION_OF = { name: 'region-of', text: 'select app.region_of($1, $2) as region' };
const TAKING_PART = { name: 'regions-taking-part', text: 'select r as region from app.regions_taking_part($1) r' };
const REGIONS = { name: 'all-regions', text: 'select code from region' };
const MOST = 50_000;

/**
 * Where subjects lie, and reading them there. The answer is remembered, because a subject never moves to another region; only a draft of an
 * initiative does.
 */
@Injectable()
export class Subjects {
  private readonly known = new Map<string, string>();

  constructor(private readonly database: Database) {}

  /** Throws SubjectNotFound. */
  async regionOf(kind: Kind, id: string): Promise<string> {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const [row] = await this.database.ask<{ region: string | null }>(REGION_OF, [kind, id]);
    if (row?.region == null) throw new SubjectNotFound(kind, id);
    if (kind === 'initiative') return row.region;
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(id, row.region);
    return row.region;
  }

  /** Reads in the region of a subject as one person, or as nobody (null). Throws SubjectNotFound. */
  async read<T>(ref: SubjectIn, actor: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const region = await this.regionOf(ref.kind, ref.id);
    return this.database.unit({ regions: [region], actor, readOnly: true }, work);
  }

  /** Reads in these regions as one person. */
  async readIn<T>(regions: readonly string[], actor: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.unit({ regions: [...new Set(regions)], actor, readOnly: true }, work);
  }

  /** Reads in every region in which a person takes part; null when there is none. */
  async readOwn<T>(actor: string, work: (tx: Transaction) => Promise<T>): Promise<T | null> {
    const regions = await this.ofPerson(actor);
    return regions.length === 0 ? null : this.database.unit({ regions, actor, readOnly: true }, work);
  }

  /** As `readOwn`, and in the regions in which the viewer has a role. */
  async readAround<T>(viewer: Viewer, work: (tx: Transaction) => Promise<T>): Promise<T | null> {
    const actor = viewer.id;
    const taking = actor === null ? [] : await this.ofPerson(actor);
    const regions = [...new Set([...regionsOf(viewer), ...taking])];
    return regions.length === 0 ? null : this.database.unit({ regions, actor, readOnly: true }, work);
  }

  /** Reads in every region, as nobody: for what is open to everybody. */
  async readEverywhere<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const regions = (await this.database.ask<{ code: string }>(REGIONS, [])).map(({ code }) => code);
    return this.database.unit({ regions, actor: null, readOnly: true }, work);
  }

  /** Regions in which a person applies, starts initiatives, sits on a committee or has a mandate. */
  async ofPerson(personId: string): Promise<readonly string[]> {
    const rows = await this.database.ask<{ region: string }>(TAKING_PART, [personId]);
    return rows.map(({ region }) => region);
  }
}
