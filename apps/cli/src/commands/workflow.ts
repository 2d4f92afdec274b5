import { checkWorkflow, drawWorkflow, type WorkflowProblem } from '#lib/workflow';
import { CATALOGUES } from '#app/worker';
import type { Command, ExitCode, Terminal } from '../command.js';
import { unusable } from '../unusable-input.js';

const HELP = `regioloket workflow check FILE…
  Verifies workflow definitions (YAML). Out: {ok, problems: [{file, line, column, code, message}]}; exit 1 with problems.
  Example: regioloket workflow check config/workflows/call.yaml

regioloket workflow draw FILE
  Prints a definition without faults as a Mermaid state diagram.
  Example: regioloket workflow draw config/workflows/call.yaml`;

export const workflowCheckCommand: Command = {
  words: ['workflow', 'check'],
  summary: 'verifies workflow definitions',
  help: HELP,
  async run(files, terminal) {
    if (files.length === 0) return unusable(terminal, [{ pointer: '', message: 'Name at least one file.' }]);
    const problems: WorkflowProblem[] = [];
    for (const file of files) problems.push(...checkWorkflow(await terminal.read(file), file, CATALOGUES).problems);
    terminal.out(JSON.stringify({ ok: problems.length === 0, problems }, null, 2));
    return problems.length === 0 ? 0 : 1;
  },
};

export const workflowDrawCommand: Command = {
  words: ['workflow', 'draw'],
  summary: 'draws a workflow definition as a Mermaid diagram',
  help: HELP,
  async run(files, terminal) {
    const [file] = files;
    if (file === undefined || files.length > 1) return unusable(terminal, [{ pointer: '', message: 'Name one file.' }]);
    return draw(terminal, file, await terminal.read(file));
  },
};

function draw(terminal: Terminal, file: string, text: string): ExitCode {
  const answer = checkWorkflow(text, file, CATALOGUES);
  if (!answer.ok) {
    terminal.out(JSON.stringify({ ok: false, problems: answer.problems }, null, 2));
    return 1;
  }
  terminal.out(drawWorkflow(answer.workflow.definition).trimEnd());
  return 0;
}
