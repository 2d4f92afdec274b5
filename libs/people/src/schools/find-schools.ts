import { Injectable } from '@nestjs/common';
import { Database } from '#lib/database';
import type { Text } from '#lib/kernel';
import { wordsOf } from './parse-duo.js';

/** A site of a school, with the network it belongs to. */
export interface FoundSchool {
  readonly site: string;
  readonly brin: string;
  readonly name: string;
  readonly level: 'PO' | 'VO' | 'VMBO';
  readonly board: string;
  readonly boardName: string;
  readonly place: string;
  readonly municipality: string;
  readonly province: string;
  /** Code of the region; `landelijk` where no network covers the place. */
  readonly region: string;
  readonly regionName: Text;
  readonly isEnded: boolean;
}

const COLUMNS = `site, brin, name, level, board, board_name as "boardName", place, municipality, province, app.network_of(province) as region,
  (select jsonb_build_object('nl', g.name_nl, 'en', g.name_en) from region g where g.code = app.network_of(province)) as "regionName",
  ended_on is not null as "isEnded"`;
/** Every word that was typed stands somewhere in the school's words; the longest alone can use the index. */
const SEARCH = {
  name: 'search-schools',
  text: `select ${COLUMNS} from school_site where words like $1 and words like all ($2::text[])
    order by ended_on is not null, similarity(words, $3) desc, name, site limit 10`,
};
const SIMILAR = {
  name: 'similar-schools',
  text: `select ${COLUMNS} from school_site where words %> $1 and ended_on is null order by word_similarity($1, words) desc, name, site limit 10`,
};
const OF_SITE = { name: 'school-of-site', text: `select ${COLUMNS} from school_site where site = any ($1)` };

/** The network of a municipality is that of its schools. */
const MUNICIPALITIES = {
  name: 'municipalities-like',
  text: `select municipality as name, '' as place, province, app.network_of(province) as region from school_site
    where municipality <> '' and lower(municipality) like $1 and ended_on is null group by municipality, province order by municipality limit 5`,
};

const LEAST = 2;

/** Finds schools by BRIN, name or place, as people type them. */
@Injectable()
export class FindSchools {
  constructor(private readonly database: Database) {}

  /** At most ten, current ones first; when no school has all words, those that are written nearly so. */
  async search(text: string): Promise<readonly FoundSchool[]> {
    const plain = wordsOf(text).trim().slice(0, 100);
    if (plain.length < LEAST) return [];
    const patterns = plain.split(/\s+/).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    const [longest] = [...patterns].sort((a, b) => b.length - a.length);
    const found = await this.database.ask<FoundSchool>(SEARCH, [longest, patterns, plain]);
    return found.length > 0 ? found : this.database.ask<FoundSchool>(SIMILAR, [plain]);
  }

  /** Municipalities that begin with these words, as if each were a school in it; at most five. */
  async municipalities(text: string): Promise<readonly Pick<FoundSchool, 'name' | 'place' | 'province' | 'region'>[]> {
    const plain = text.trim().toLowerCase().slice(0, 100);
    return plain.length < LEAST ? [] : this.database.ask(MUNICIPALITIES, [`${plain.replace(/[\\%_]/g, '\\$&')}%`]);
  }

  /** The sites that exist, in no order. */
  async bySites(sites: readonly string[]): Promise<readonly FoundSchool[]> {
    return sites.length === 0 ? [] : this.database.ask<FoundSchool>(OF_SITE, [sites]);
  }
}
