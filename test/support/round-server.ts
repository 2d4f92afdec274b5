import { startServer, type RunningServer } from '#app/server';
import { LINKS, MESSAGE_IDS, type TestRound } from './test-round.js';

/** The server of a round's region on a free port, without mailbox or files; links in its mails are the bare secrets. */
export function serve({ database, round }: TestRound): Promise<RunningServer> {
  const people = { messageIds: MESSAGE_IDS, links: LINKS };
  return startServer({ database, host: '127.0.0.1', port: 0, isHttps: false, round, people });
}
