import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#lib/database';
import { SubjectNotFound, writeAudit } from '#lib/engine';
import { newSecret } from './secrets.js';
import { NATIONAL } from './sessions.js';

export interface ApiToken {
  readonly id: string;
  /** Shown now and never again. */
  readonly token: string;
  readonly expiresAt: string;
}

/** Makes a token with which a program acts as the person who made it. */
@Injectable()
export class CreateApiToken {
  constructor(private readonly database: Database) {}

  /** `days`: how long it holds, at most a year (checked by the DTO). */
  async execute(personId: string, name: string, days: number): Promise<ApiToken> {
    const { secret, hash } = newSecret('rlk_');
    const id = randomUUID();
    return this.database.unit({ regions: [NATIONAL], actor: personId }, async (tx) => {
      const [row] = await tx.query<{ expires_at: string }>(
        `insert into api_token (id, token_hash, person_id, name, expires_at)
          values ($1, $2, $3, $4, app_now() + make_interval(days => $5)) returning expires_at`,
        [id, hash, personId, name, days],
      );
      // Shut out since the request began: a trigger lets nothing be written.
      if (row === undefined) throw new SubjectNotFound('person', personId);
      await auditToken(tx, 'api-token.create', { personId, id });
      return { id, token: secret, expiresAt: row.expires_at };
    });
  }
}

/** Ends a token of one's own at once. */
@Injectable()
export class RevokeApiToken {
  constructor(private readonly database: Database) {}

  /** Throws SubjectNotFound for a token that is another's, ended, or does not exist. */
  async execute(personId: string, id: string): Promise<void> {
    await this.database.unit({ regions: [NATIONAL], actor: personId }, async (tx) => {
      const rows = await tx.query(
        'update api_token set revoked_at = app_now() where id = $1 and person_id = $2 and revoked_at is null returning id',
        [id, personId],
      );
      if (rows.length === 0) throw new SubjectNotFound('api-token', id);
      await auditToken(tx, 'api-token.revoke', { personId, id });
    });
  }
}

export interface ApiTokenSummary {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
}

/** A person's own tokens that still hold. */
@Injectable()
export class ListApiTokens {
  constructor(private readonly database: Database) {}

  async execute(personId: string): Promise<ApiTokenSummary[]> {
    return this.database.ask<ApiTokenSummary>(
      `select id, name, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt" from api_token
        where person_id = $1 and revoked_at is null and expires_at > app_now() order by created_at`,
      [personId],
    );
  }
}

interface Token {
  readonly personId: string;
  readonly id: string;
}

async function auditToken(tx: Transaction, act: string, { personId, id }: Token): Promise<void> {
  await writeAudit(tx, { region: NATIONAL, actor: personId, act, subjectKind: 'api-token', subjectId: id });
}
