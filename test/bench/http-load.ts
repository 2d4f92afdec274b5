import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { idOf } from './bench-world.js';

/** A client of its own process: sends moves over HTTP for some seconds, 16 in flight, and prints how many were made. */
const [url = '', token = '', seconds = '5', proposals = '1'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function post(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    };
    const sent = request(`${url}${path}`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end(JSON.stringify({ view: 'De aanvrager licht het plan toe.' }));
  });
}

let [made, failed] = [0, 0];
const until = performance.now() + Number(seconds) * 1_000;
const lane = async (): Promise<void> => {
  while (performance.now() < until) {
    const id = idOf(1 + Math.floor(Math.random() * Number(proposals)));
    if ((await post(`/api/v1/proposals/${id}/actions/hear`)) === 200) made += 1;
    else failed += 1;
  }
};
await Promise.all(Array.from({ length: 16 }, lane));
process.stdout.write(JSON.stringify({ made, failed }));
process.exit(0);
