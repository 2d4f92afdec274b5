import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '#lib/access';
import { plainText } from '../edge/described.js';
import { Documented } from '../edge/documented.js';
import { Metrics } from './metrics.js';

@ApiTags('operation')
@Controller('metrics')
@Policy('operate')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Metrics for Prometheus.', answer: plainText('regioloket_work_waiting{kind="mail"} 0') })
  read(): Promise<string> {
    return this.metrics.text();
  }
}
