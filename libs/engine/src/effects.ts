import type { Moved } from '#lib/workflow';
import { NotRegistered } from './engine-errors.js';
import type { MoveContext } from './move-context.js';
import type { SubjectPort } from './subject.js';

/** Runs what a definition lists under `then`, in its order. Nothing leaves the transaction: mails and commands become rows. */
export async function runEffects(port: SubjectPort, moved: Moved, context: MoveContext): Promise<void> {
  for (const effect of moved.effects) {
    if (effect.kind === 'effect') await runNamed(port, effect.name, context);
    else if (effect.kind === 'ask') await ask(port, effect, context);
    else await write(port, effect.template, context);
  }
}

async function runNamed(port: SubjectPort, name: string, context: MoveContext): Promise<void> {
  const effect = port.effects[name];
  if (effect === undefined) throw new NotRegistered('effect', name);
  await effect.run(context);
}

async function write(port: SubjectPort, template: string, context: MoveContext): Promise<void> {
  const writer = port.notices[template];
  if (writer === undefined) throw new NotRegistered('notice writer', template);
  context.writes.notices.push(...(await writer(context)));
}

async function ask(port: SubjectPort, asked: { subject: string; action: string }, context: MoveContext): Promise<void> {
  if (port.related === undefined) throw new NotRegistered('relation', asked.subject);
  const ids = await port.related(context.tx, asked.subject, context.subject.id, context.to.phase);
  const commands = ids.map((id) => ({
    subject_kind: asked.subject,
    subject_id: id,
    action: asked.action,
    payload: {},
  }));
  context.writes.commands.push(...commands);
}
