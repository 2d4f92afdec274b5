import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Database } from '#lib/database';
import { READ_RELAY } from '#lib/engine';

interface Backlog {
  readonly kind: string;
  readonly waiting: string;
  readonly oldest_seconds: number;
}

const BACKLOG = { name: 'backlog', text: 'select kind, waiting, oldest_seconds from app.backlog()' };
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Numbers of this process and of the work that waits, in the text format of Prometheus. Routes are named by pattern: no ids, no persons. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    ...{ name: 'regioloket_http_request_seconds', help: 'Time to answer, by route and status.', buckets: BUCKETS },
    ...{ labelNames: ['method', 'route', 'status'], registers: [this.registry] },
  });
  private readonly waiting = new Gauge({
    ...{ name: 'regioloket_work_waiting', help: 'Rows that are due and wait for a worker.', labelNames: ['kind'] },
    registers: [this.registry],
  });
  private readonly oldest = new Gauge({
    ...{ name: 'regioloket_work_oldest_seconds', help: 'How long the oldest due row waits.', labelNames: ['kind'] },
    registers: [this.registry],
  });

  private readonly refused = new Gauge({
    ...{
      name: 'regioloket_mail_refused',
      help: '1 while the mail relay takes none of our mail.',
      registers: [this.registry],
    },
  });

  constructor(private readonly database: Database) {
    collectDefaultMetrics({ register: this.registry });
  }

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      this.requests.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  }

  async text(): Promise<string> {
    for (const { kind, waiting, oldest_seconds: seconds } of await this.database.ask<Backlog>(BACKLOG)) {
      this.waiting.set({ kind }, Number(waiting));
      this.oldest.set({ kind }, seconds);
    }
    this.refused.set((await this.database.ask(READ_RELAY)).length);
    return this.registry.metrics();
  }
}
