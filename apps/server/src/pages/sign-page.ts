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
  const lines = faults.map(({ path, field, signs }) => ({
    ...{ id: path, label: pages.say(request, `form.line-${field}`), value: kept.answers[path] ?? '' },
    error: pages.say(request, 'form.sign-error', { signs: signs.join(', ') }),
  }));
  const title = pages.say(request, 'form.sign-title');
  return anew(kept, { title, lead: 'form.sign-lead', lines });
}

/** A text that is longer than its field holds, whole, to be made shorter; everything else that was typed goes along. */
export function longPage(
  pages: Pages,
  request: FastifyRequest,
  kept: Kept,
  { id, most, message }: { readonly id: string; readonly most: number; readonly message: string },
): Page {
  const label = pages.say(request, 'form.long-label');
  const lines = [{ id, label, value: kept.answers[id] ?? '', error: message, max: most, rows: 12 }];
  return anew(kept, { title: pages.say(request, 'form.long-title'), lead: 'form.long-lead', lines });
}

interface Anew {
  readonly title: string;
  /** Key of the sentence above the lines. */
  readonly lead: string;
  readonly lines: readonly { readonly id: string; readonly value: string; readonly error: string }[];
}

/** What is wrong, open to be changed, in a form that sends the whole of it again to where it was sent. */
function anew({ then, answers }: Kept, { title, lead, lines }: Anew): Page {
  const shown = new Set(lines.map(({ id }) => id));
  const items = Object.entries(answers).flatMap(([name, value]) => (shown.has(name) ? [] : [{ name, value }]));
  return {
    view: 'sign',
    title,
    model: { then, lead, lines, items },
    errors: lines.map(({ id, error }) => ({ id, message: error })),
  };
}
