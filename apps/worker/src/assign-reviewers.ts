import { assign, CalculationCancelled, type AssignAnswer, type AssignQuestion, type Tools } from '#lib/assignment';
import { highsSolver } from '#lib/solver';

/** The assignment of a call, on a thread of its own; null when nobody wants it any more. */
export async function compute(question: AssignQuestion, tools: Tools): Promise<AssignAnswer | null> {
  try {
    return assign(question, question.objective === 'max-min' ? await highsSolver() : null, tools);
  } catch (error) {
    if (error instanceof CalculationCancelled) return null;
    throw error;
  }
}
