import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTransport, type Mailbox } from '#lib/notices';
import { EXAMPLE_SITE, type Letter } from '../demo/demo-letter.js';
import type { Start } from './open-server.js';

/** Remembers the last mails of the examples, where only the installation's own account reads them: some hold links that still work. */
export function keepLetters(folder: string, letters: readonly Letter[]): void {
  writeFileSync(fileIn(folder), JSON.stringify(letters), { mode: 0o600 });
}

/** Puts the last mails of the examples into the mailbox, with links to where this installation runs now; they count as sent already. */
export async function deliverLetters({ settings, folder, site }: Start, { smtpUrl }: Mailbox): Promise<void> {
  const file = fileIn(folder);
  if (settings.NODE_ENV === 'production' || !existsSync(file)) return;
  const transport = openTransport(smtpUrl);
  for (const letter of JSON.parse(readFileSync(file, 'utf8')) as readonly Letter[])
    await transport.sendMail(leadingTo(letter, site.url ?? ''));
  transport.close();
}

function leadingTo(letter: Letter, site: string): Letter {
  const moved = (text: string): string => text.replaceAll(`${EXAMPLE_SITE}/`, `${site}/`);
  return { ...letter, text: moved(letter.text), html: moved(letter.html) };
}

function fileIn(folder: string): string {
  return join(folder, 'demo-letters.json');
}
