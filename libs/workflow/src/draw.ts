import { actionsOf, refusing, type WorkflowDefinition } from './definition.js';

/** A definition as a Mermaid state diagram: labels in Dutch, actions with who may, a mark on what has conditions. */
export function drawWorkflow(definition: WorkflowDefinition): string {
  const states = Object.entries(definition.states);
  const lines = states.map(([name, state]) => `    ${name}: ${plain(state.label.nl)}<br>(${state.phase})`);
  const moves = actionsOf(definition).map(({ state, name, action }) => {
    const marks = `${refusing(action).length === 0 ? '' : ' ?'}${action.warns === undefined ? '' : ' !'}`;
    return `    ${state} --> ${action.to}: ${name}${marks} (${action.by.join(', ')})`;
  });
  const ends = states.filter(([, state]) => state.final === true).map(([name]) => `    ${name} --> [*]`);
  return [
    'stateDiagram-v2',
    '    direction TB',
    ...lines,
    `    [*] --> ${definition.start}`,
    ...moves,
    ...ends,
    '',
  ].join('\n');
}

/** Characters that Mermaid would read as its own. */
function plain(text: string): string {
  return text.replaceAll(/[:;#"<>{}]/g, ' ');
}
