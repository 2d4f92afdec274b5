import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import {
  anyObject,
  described,
  either,
  listOf,
  mapOf,
  nullOr,
  oneOf,
  optional,
  orNull,
  pageOf,
  type Fields,
} from './described.js';

interface Row {
  readonly id: string;
  readonly count: number;
  readonly mean: number;
  readonly isOpen: boolean;
  readonly kind: 'a' | 'b';
  readonly at: string;
  readonly note: string | null;
  readonly end: string | null;
  readonly extra?: string;
  readonly tags: readonly string[];
  readonly byName: Readonly<Record<string, { readonly n: number }>>;
  readonly content: Readonly<Record<string, unknown>>;
}

const FIELDS: Fields<Row> = {
  id: '5f0c3f2e-8a55-4c1d-9d0a-3f5a6f1c2b7e',
  count: 3,
  mean: 1.5,
  isOpen: true,
  kind: oneOf(['a', 'b'], 'b'),
  at: '2027-02-26T16:00:00.000000Z',
  note: orNull('Niets.'),
  end: nullOr('2027-02-26'),
  extra: optional('meer'),
  tags: ['x', 'y'],
  byName: mapOf({ one: { n: 1 } }),
  content: anyObject({ free: [1] }),
};
const ROW = described<Row>('Row', FIELDS);

describe('what a marked example says', () => {
  it('is the schema of the answer, with the formats that its example shows', () => {
    expect(ROW.schema).toEqual({
      'x-schema-name': 'Row',
      type: 'object',
      required: ['id', 'count', 'mean', 'isOpen', 'kind', 'at', 'note', 'end', 'tags', 'byName', 'content'],
      properties: {
        id: { type: 'string', format: 'uuid', example: FIELDS.id },
        count: { type: 'integer', example: 3 },
        mean: { type: 'number', example: 1.5 },
        isOpen: { type: 'boolean', example: true },
        kind: { type: 'string', enum: ['a', 'b'], example: 'b' },
        at: { type: 'string', format: 'date-time', example: FIELDS.at },
        note: { anyOf: [{ type: 'string', example: 'Niets.' }, { type: 'null' }] },
        end: { anyOf: [{ type: 'string', format: 'date', example: '2027-02-26' }, { type: 'null' }], example: null },
        extra: { type: 'string', example: 'meer' },
        tags: { type: 'array', items: { type: 'string', example: 'x' } },
        byName: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            required: ['n'],
            properties: { n: { type: 'integer', example: 1 } },
          },
          example: { one: { n: 1 } },
        },
        content: { type: 'object', additionalProperties: true, example: { free: [1] } },
      },
    });
  });

  it('is the example itself, without its marks', () => {
    expect(ROW.example).toMatchObject({
      kind: 'b',
      note: 'Niets.',
      end: null,
      extra: 'meer',
      byName: { one: { n: 1 } },
    });
  });

  it('goes into lists, pages and alternatives under its own name', () => {
    expect(listOf(ROW).schema).toEqual({ type: 'array', items: ROW.schema });
    expect(pageOf(ROW).schema).toMatchObject({ 'x-schema-name': 'RowPage', required: ['items', 'next'] });
    expect(either(ROW, described<{ n: number }>('N', { n: 1 })).schema).toMatchObject({
      anyOf: [{}, { 'x-schema-name': 'N' }],
    });
  });
});
