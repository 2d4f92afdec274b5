import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, UnitOfWorkNested, listMigrations, migrate, migrateDown } from '#lib/database';
import { openTestDatabase, type TestDatabase } from '#lib/testing';

const NOORD = { regions: ['noord'], actor: null };

describe('a unit of work', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await openTestDatabase();
    database = await Database.open({ url: test.appUrl, poolSize: 4 });
    const owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    await owner.query(`insert into region values ('noord', 'Noord', 'North'), ('zuid', 'Zuid', 'South')`);
    await owner.end();
  });

  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const raise = (region: string, scope = NOORD): Promise<unknown> =>
    database.unit(scope, (tx) =>
      tx.query(
        `insert into task (region, kind, for_role, subject_kind, subject_id) values ($1, 'look', 'secretary', 'call', gen_random_uuid())`,
        [region],
      ),
    );
  const tasks = (regions: string[]): Promise<{ region: string }[]> =>
    database.unit({ regions, actor: null, readOnly: true }, (tx) =>
      tx.query('select region from task order by region'),
    );

  it('sees and writes only the rows of its regions', async () => {
    await raise('noord');
    await raise('zuid', { regions: ['zuid'], actor: null });
    expect(await tasks(['noord'])).toEqual([{ region: 'noord' }]);
    expect(await tasks(['noord', 'zuid'])).toEqual([{ region: 'noord' }, { region: 'zuid' }]);
    await expect(raise('zuid')).rejects.toThrow(/row-level security/);
  });

  it('leaves nothing behind when it throws, also after a write', async () => {
    const failing = database.unit(NOORD, async (tx) => {
      await tx.query(`delete from task`);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await tasks(['noord'])).toHaveLength(1);
  });

  it('fails as a whole when the statement before the commit fails, though the commit itself answers', async () => {
    const failing = database.unit(NOORD, async (tx) => {
      await tx.query(`delete from task`);
      return tx.queryAndCommit('select 1 / 0');
    });
    await expect(failing).rejects.toThrow(/division by zero/);
    expect(await tasks(['noord'])).toHaveLength(1);
  });

  it('forgets its regions afterwards: the next borrower of the connection gets an error, not rows', async () => {
    await tasks(['noord']);
    const bare = new pg.Client({ connectionString: test.appUrl });
    await bare.connect();
    await expect(bare.query('select count(*) from task')).rejects.toThrow(/tenant list not set/);
    await bare.end();
  });

  it('cannot be opened inside another one', async () => {
    await expect(database.unit(NOORD, () => database.unit(NOORD, () => Promise.resolve(1)))).rejects.toThrow(
      UnitOfWorkNested,
    );
  });

  it('tells instants with microseconds, by the clock of the database', async () => {
    expect(await database.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/);
  });

  it('never mixes regions over a pool smaller than the number of requests', async () => {
    const ask = async (i: number): Promise<number> => {
      const region = i % 2 === 0 ? 'noord' : 'zuid';
      const rows = await tasks([region]);
      return rows.filter((row) => row.region !== region).length;
    };
    // A hundred wait for the pool at any moment: more would wait longer than a request may on a busy machine.
    const requests = Array.from({ length: 1000 }, (_, i) => i).values();
    let foreign = 0;
    const lane = async (): Promise<void> => {
      for (const i of requests) {
        const rows = await ask(i);
        foreign += rows;
      }
    };
    await Promise.all(Array.from({ length: 100 }, lane));
    expect(foreign).toBe(0);
  });

  it('shields every tenant table: row-level security is forced and the application owns nothing', async () => {
    const owner = new pg.Client({ connectionString: test.superUrl });
    await owner.connect();
    const bare =
      await owner.query(`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'region'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)`);
    expect(bare.rows).toEqual([]);
    const owned = await owner.query(
      `select relname from pg_class where pg_get_userbyid(relowner) in ('regioloket_app', 'regioloket_worker', 'regioloket_sealer')`,
    );
    expect(owned.rows).toEqual([]);
    await owner.end();
  });
});

describe('migrations', () => {
  it('go down to nothing and up again to the same schema, and a second run does nothing', async () => {
    const test = await openTestDatabase();
    const shape = async (): Promise<unknown> => {
      const client = new pg.Client({ connectionString: test.superUrl });
      await client.connect();
      const columns = await client.query(`select table_name, column_name, data_type, is_nullable, column_default
        from information_schema.columns where table_schema = 'public' order by 1, 2`);
      const constraints = await client.query(`select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`);
      await client.end();
      return [columns.rows, constraints.rows];
    };
    const before = await shape();
    await migrateDown(test.ownerUrl, listMigrations().length);
    expect(await migrate(test.ownerUrl)).toHaveLength(listMigrations().length);
    expect(await shape()).toEqual(before);
    expect(await migrate(test.ownerUrl)).toEqual([]);
    await test.drop();
  });
});
