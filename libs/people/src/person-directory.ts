import { Injectable } from '@nestjs/common';
import type { StaffRole } from '#lib/access';
import type { Transaction } from '#lib/database';
import type { Language } from '#lib/kernel';

/** Whom a mail goes to. */
export interface Addressee {
  readonly personId: string;
  readonly name: string;
  readonly address: string;
  readonly language: Language;
}

const ADDRESSEE = 'p.id as "personId", p.name, p.email::text as address, p.language';

/** Names and addresses of persons, read inside the unit of work of whoever asks. */
@Injectable()
export class PersonDirectory {
  /** Names by person id; a disabled person keeps a name. Unknown ids are left out. */
  async names(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const select = { name: 'person-names', text: 'select id, name from person where id = any($1::uuid[])' };
    const rows = await tx.query<{ id: string; name: string }>(select, [[...ids]]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Addresses by person id, without disabled persons: they get no mail. */
  async addressees(tx: Transaction, ids: readonly string[]): Promise<Addressee[]> {
    const text = `select ${ADDRESSEE} from person p where p.id = any($1::uuid[]) and p.disabled_at is null order by p.id`;
    return tx.query<Addressee>({ name: 'person-addressees', text }, [[...ids]]);
  }

  /** Who holds one of the roles in a region now, each once. */
  async holders(tx: Transaction, region: string, roles: readonly StaffRole[]): Promise<Addressee[]> {
    const text = `select ${ADDRESSEE} from person p where p.disabled_at is null and exists (select 1 from role_assignment r
      where r.person_id = p.id and r.region = $1 and r.role = any($2) and r.valid_from <= app_now()
        and (r.valid_until is null or r.valid_until > app_now())) order by p.id`;
    return tx.query<Addressee>({ name: 'role-holders', text }, [region, [...roles]]);
  }
}
