import highsPackage, { type Highs, type Model, type ModelData } from 'highs';
import { DomainError, type IntegerProgram, type PricingSolver, type ProgramAnswer } from '#lib/kernel';

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
export async function highsSolver(): Promise<PricingSolver> {
  const highs = await loadHighs();
  return {
    maximise: (program, how) => {
      if (program.cost.length === 0) return nothingToChoose(program);
      return highs.withModel(inWholeNumbers(highs, program), (model) => {
        model.options.set({
          output_flag: false,
          mip_rel_gap: 0,
          mip_abs_gap: 0,
          mip_max_nodes: how.mostNodes,
          random_seed: how.seed,
        });
        model.run();
        return answerOf(highs, model);
      });
    },
    prices: (program) => {
      if (program.cost.length === 0)
        return nothingToChoose(program).values && new Float64Array(program.rows.lower.length);
      return highs.withModel(inFractions(highs, program), (model) => {
        // Few rows and many columns: the simplex method itself is faster than looking for a smaller program first.
        model.options.set({ output_flag: false, presolve: 'off' });
        model.run();
        return pricesOf(highs, model);
      });
    },
  };
}

/** HiGHS knows no program without columns: its rows hold when zero lies between their bounds. */
function nothingToChoose({ rows }: IntegerProgram): ProgramAnswer {
  const holds = rows.lower.every((lower, row) => lower <= 0 && (rows.upper[row] ?? 0) >= 0);
  return holds
    ? { status: 'optimal', values: new Float64Array(0), bound: 0, nodes: 0 }
    : { status: 'infeasible', values: null, bound: -Infinity, nodes: 0 };
}

function inWholeNumbers(highs: Highs, program: IntegerProgram): ModelData {
  const { integer, continuous } = highs.constants.variableType;
  const isWhole = program.isWhole ?? new Uint8Array(program.cost.length).fill(1);
  return {
    ...inFractions(highs, program),
    integrality: Int32Array.from(isWhole, (whole) => (whole === 1 ? integer : continuous)),
  };
}

function inFractions(highs: Highs, { cost, lower, upper, rows }: IntegerProgram): ModelData {
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
  };
}

function pricesOf(highs: Highs, model: Model): Float64Array | null {
  const status = model.getModelStatus();
  if (status === highs.constants.modelStatus.infeasible) return null;
  if (status !== highs.constants.modelStatus.optimal) throw new SolverGaveUp(status);
  return model.getSolution().rowDual;
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
