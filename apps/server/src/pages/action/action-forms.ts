import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Engine, SubjectNotFound } from '#lib/engine';
import { DomainError } from '#lib/kernel';
import { languageOf } from '../../edge/language.js';
import { problemOf } from '../../edge/problem.js';
import { actorOf } from '../../edge/request-facts.js';
import type { ActionView } from '../../round/subject-view.js';
import { fieldsOf, formKeyOf, newFormKey, type Fields } from '../form-fields.js';
import { Pages, type FieldError } from '../pages.js';
import { fieldErrors, type ActionFault } from './action-faults.js';
import { actionFields, payloadIn, type Known } from './action-fields.js';
import type { ActionSection } from './waiver.view.js';

/** What an act is done to, as its page shows it. */
export interface ActionSubject extends Known {
  readonly kind: 'call' | 'proposal' | 'initiative';
  readonly id: string;
  readonly region: string;
  readonly number: string;
  readonly title: string;
  /** The page of the subject. */
  readonly href: string;
  readonly actions: readonly ActionView[];
  /** What is to be known before the act. */
  readonly sections?: readonly ActionSection[];
  /** Under which name the words of the act stand, when they depend on the subject. */
  readonly words?: string;
  /** What the act answers, in the words of who asked. */
  readonly quote?: string | null;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** One act: what it means, what it needs, and a button. The same page for every act that a workflow knows. */
@Injectable()
export class ActionForms {
  constructor(
    private readonly pages: Pages,
    private readonly engine: Engine,
  ) {}

  /** Throws SubjectNotFound for an act that is none of the viewer's. */
  show(exchange: Exchange, subject: ActionSubject, action: string): void {
    this.form(exchange, subject, { action, fields: {}, errors: [] });
  }

  /** Acts, and goes back to the subject's page; a refusal shows the form again with what was typed. */
  async act({ request, reply }: Exchange, subject: ActionSubject, action: string): Promise<void> {
    const fields = fieldsOf(request);
    const { kind, id, region, href } = subject;
    const answer = subject.actions.find((one) => one.action === action);
    const payload = answer === undefined ? {} : payloadIn(answer, { fields, language: languageOf(request) }, subject);
    try {
      const actor = actorOf(request, region);
      const { receivedAt } = request;
      await this.engine.act({ subject: { kind, id }, action, payload, actor, receivedAt, key: formKeyOf(request) });
      void reply.redirect(href, 303);
    } catch (error) {
      // What is not offered any more since the form was opened has no form to come back to: the workflow says why.
      if (!(error instanceof DomainError) || answer === undefined) throw error;
      this.form({ request, reply }, subject, {
        action,
        fields,
        errors: this.errorsOf(error, request, subject, fields),
      });
    }
  }

  /** What to repair, and where. Throws again what no form can repair. */
  errorsOf(error: DomainError, request: FastifyRequest, known: Known = {}, fields: Fields = {}): readonly FieldError[] {
    const problem = problemOf(error, languageOf(request));
    if (problem.status === 404 || problem.status >= 500) throw error;
    const say = (key: string): string => this.pages.say(request, key);
    const has = (key: string): boolean => this.pages.views.texts.has(key);
    const errors = fieldErrors((problem.errors ?? []) as readonly ActionFault[], { say, has, known, fields });
    return errors.length === 0 ? [{ id: 'inhoud', message: problem.detail ?? problem.title }] : errors;
  }

  private form({ request, reply }: Exchange, subject: ActionSubject, { action, fields, errors }: Shown): void {
    const answer = answerOf(subject, action);
    const say = (key: string): string => this.pages.say(request, key);
    const has = (key: string): boolean => this.pages.views.texts.has(key);
    const key = `action.${subject.words ?? (subject.kind === 'initiative' ? `initiative-${action}` : action)}`;
    const title = has(`${key}.title`) ? say(`${key}.title`) : (answer.label ?? action);
    this.pages.show(request, reply, {
      view: 'action',
      title,
      status: errors.length === 0 ? 200 : 422,
      errors,
      crumbs: [{ href: subject.href, label: subject.number }, { label: title }],
      model: {
        ...{ subject, key: newFormKey(), lead: has(`${key}.lead`) ? say(`${key}.lead`) : null },
        ...{ address: `${subject.href}/acties/${action}`, answer },
        fields: actionFields(answer, { values: fields, errors, say, has, known: subject }),
      },
    });
  }
}

interface Shown {
  readonly action: string;
  readonly fields: Fields;
  readonly errors: readonly FieldError[];
}

function answerOf({ actions }: ActionSubject, action: string): ActionView {
  const answer = actions.find((one) => one.action === action);
  if (answer === undefined) throw new SubjectNotFound('action', action);
  return answer;
}
