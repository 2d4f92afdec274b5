import type { TestRound } from '../support/test-round.js';

/** The texts of the statements that the engine prepared, by name: taken from a connection that has just made a move. */
export async function statementsOf(noord: TestRound): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (let i = 0; i < 50; i++) {
    const scope = { regions: ['noord'], actor: null };
    const rows = await noord.database.unit(scope, (tx) =>
      tx.query<{ name: string; statement: string }>('select name, statement from pg_prepared_statements'),
    );
    for (const { name, statement } of rows) texts.set(name, statement);
  }
  return texts;
}
