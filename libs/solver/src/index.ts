/** HiGHS behind the kernel's port for integer programs. */
export { highsSolver, SolverGaveUp } from './highs-solver.js';
