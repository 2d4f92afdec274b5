import { setTimeout as sleep } from 'node:timers/promises';
import { inLanes } from './lanes.js';
import type { Run } from './run.js';

const POLL_MS = 250;
const LETTER = /^((Besluit|Beslissing) over uw aanvraag|Decision on your proposal) /;
const PATIENCE_MS = 120_000;

/** Letters that came, one per proposal; waits for the worker. */
export async function countLetters({ api, proposals, tell }: Run): Promise<number> {
  const emails = [...new Set([...proposals.values()].map(({ file }) => file.applicant.email))];
  let letters = 0;
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    const mails = await inLanes(emails, (to) =>
      api.get<{ subject: string; messageId: string }[]>(`/mailbox?to=${encodeURIComponent(to)}`),
    );
    const ids = mails
      .flat()
      .filter(({ subject }) => LETTER.test(subject))
      .map(({ messageId }) => messageId);
    letters = new Set(ids).size;
    tell('letters', letters, proposals.size);
    if (letters >= proposals.size) break;
    await sleep(POLL_MS);
  }
  return letters;
}
