import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { signsInNoLine, written } from '#lib/kernel';
import { SignNotAllowed } from './request-errors.js';

/**
 * Everything that a request says passes here before anything reads it: texts in the form in which they are kept, lines without signs that
 * cannot be seen. What was searched for is only cleaned; an address with such a sign is nobody's.
 */
export function addInputFilter(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    const { value, faults } = written(request.body);
    // What was typed goes along, cleaned, to the page that asks whether it is right so.
    request.body = value;
    request.query = written(request.query).value;
    if (signsInNoLine(Object.values(request.params as object).join('')).length > 0) done(new NotFoundException());
    else if (faults.length > 0) done(new SignNotAllowed(faults));
    else done();
  });
}
