import highsPackage, { type Highs, type Model, type ModelData } from 'highs';
import { DomainError, type IntegerProgram, type IntegerSolver, type ProgramAnswer } from '#lib/kernel';

/** The package's types describe its CommonJS build; an import gets the other one, whose default export is the loader itself. */
const loadHighs = highsPackage as unknown as () => Promise<Highs>;

/** The solver ended with neither an answer nor a reason. */
export class SolverGaveUp extends DomainError {
  readonly code = 'solver-gave-up';
  constructor(status: number) {
    super('The solver ended without an answer.', { status });
  }
}

/** HiGHS (University of Edinburgh, MIT) as WebAssembly: one thread, no time limit, so the same question always has the same answer. */
export async function highsSolver(): Promise<IntegerSolver> {
  const highs = await loadHighs();
  return {
    maximise: (program, how) =>
      highs.withModel(modelOf(highs, program), (model) => {
        model.options.set({
          output_flag: false,
          mip_rel_gap: 0,
          mip_abs_gap: 0,
          mip_max_nodes: how.mostNodes,
          random_seed: how.seed,
        });
        model.run();
        return answerOf(highs, model);
      }),
  };
}

function modelOf(highs: Highs, { cost, lower, upper, rows }: IntegerProgram): ModelData {
  const [numCols, numRows] = [cost.length, rows.lower.length];
  const finite = (bounds: Float64Array): Float64Array =>
    bounds.map((bound) => (Number.isFinite(bound) ? bound : Math.sign(bound) * highs.infinity));
  return {
    numCols,
    numRows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: cost,
    colLower: finite(lower),
    colUpper: finite(upper),
    rowLower: finite(rows.lower),
    rowUpper: finite(rows.upper),
    matrix: { format: 'csr', numRows, numCols, starts: rows.starts, indices: rows.columns, values: rows.values },
    integrality: new Int32Array(numCols).fill(highs.constants.variableType.integer),
  };
}

function answerOf(highs: Highs, model: Model): ProgramAnswer {
  const { optimal, infeasible, solutionLimit } = highs.constants.modelStatus;
  const status = model.getModelStatus();
  const nodes = Number(model.info.get('mip_node_count'));
  if (status === infeasible) return { status: 'infeasible', values: null, bound: -Infinity, nodes };
  if (status !== optimal && status !== solutionLimit) throw new SolverGaveUp(status);
  const isKnown = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  return {
    status: status === optimal ? 'optimal' : 'limit',
    values: isKnown ? Float64Array.from(model.getSolution().colValue, Math.round) : null,
    bound: Number(model.info.get('mip_dual_bound')),
    nodes,
  };
}
