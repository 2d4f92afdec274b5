import { PHASES } from './phases.js';

const text = {
  type: 'object',
  required: ['nl', 'en'],
  additionalProperties: false,
  properties: { nl: word(), en: word() },
};
const names = { type: 'array', items: word(), maxItems: 50 };
const state = '^[A-Z][A-Za-z]{1,40}$';
const name = '^[a-z][a-z0-9-]{1,60}$';

function word(): object {
  return { type: 'string', minLength: 1, maxLength: 1000 };
}

function object(properties: object, required: readonly string[] = []): object {
  return { type: 'object', additionalProperties: false, properties, required };
}

function named(pattern: string, value: object, least = 0): object {
  return {
    type: 'object',
    additionalProperties: false,
    patternProperties: { [pattern]: value },
    minProperties: least,
    maxProperties: 200,
  };
}

const then = {
  oneOf: [
    word(),
    object({ notify: word() }, ['notify']),
    object({ letter: word() }, ['letter']),
    object({ ask: object({ subject: word(), action: word() }, ['subject', 'action']) }, ['ask']),
  ],
};

const action = object(
  {
    label: text,
    by: { ...names, minItems: 1 },
    to: word(),
    'offered-when': names,
    when: names,
    warns: names,
    needs: names,
    asks: names,
    locks: names,
    then: { type: 'array', items: then, maxItems: 20 },
  },
  ['by', 'to'],
);

const term = object(
  {
    entering: { ...names, minItems: 1 },
    from: word(),
    period: word(),
    source: word(),
    due: word(),
    'suspended-in': names,
    'counts-anew': { type: 'boolean' },
    'ends-in': { ...names, minItems: 1 },
    remind: names,
    'on-expiry': {
      oneOf: [object({ action: word() }, ['action']), object({ task: word(), for: word() }, ['task', 'for'])],
    },
  },
  ['entering', 'ends-in', 'on-expiry'],
);

/** JSON Schema of a workflow definition: its shape and its two languages. What names refer to is checked afterwards. */
export const DEFINITION_SCHEMA = object(
  {
    workflow: { type: 'string', pattern: name },
    subject: { type: 'string', pattern: name },
    start: word(),
    conditions: named(name, object({ cel: word(), refusal: text }, ['cel', 'refusal'])),
    terms: named(name, term),
    states: named(
      state,
      object(
        {
          phase: { enum: PHASES },
          label: text,
          public: text,
          'waits-for': word(),
          evidence: names,
          final: { type: 'boolean' },
          actions: named(name, action),
        },
        ['phase', 'label'],
      ),
      1,
    ),
  },
  ['workflow', 'subject', 'start', 'states'],
);
