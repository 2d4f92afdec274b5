import type { FastifyRequest } from 'fastify';
import type { LineFault } from '#lib/kernel';
import type { Kept } from './account/sign-in.view.js';
import type { Page, Pages } from './pages.js';

interface Refused {
  /** All that was typed but secrets, without the signs. */
  readonly kept: Kept;
  readonly faults: readonly LineFault[];
}

/** The lines that held a sign nobody can see, as they are without it, to look at and send on; everything else that was typed goes along. */
export function signPage(pages: Pages, request: FastifyRequest, { kept, faults }: Refused): Page {
  const { then, answers } = kept;
  const lines = faults.map(({ path, field, signs }) => ({
    ...{ id: path, label: pages.say(request, `form.line-${field}`), value: answers[path] ?? '' },
    error: pages.say(request, 'form.sign-error', { signs: signs.join(', ') }),
  }));
  const shown = new Set(faults.map(({ path }) => path));
  const items = Object.entries(answers).flatMap(([name, value]) => (shown.has(name) ? [] : [{ name, value }]));
  return {
    view: 'sign',
    title: pages.say(request, 'form.sign-title'),
    model: { then, lines, items },
    errors: lines.map(({ id, error }) => ({ id, message: error })),
  };
}
