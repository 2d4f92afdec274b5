/** BullMQ as a doorbell on PostgreSQL or Redis, and the chores it wakes; rows in PostgreSQL stay the truth. */
export { Bell, RINGS, type Ring } from './bell.js';
export { RedisEvictsKeys, type BellOptions } from './bell-connection.js';
export { migrateQueue } from './migrate-queue.js';
export { ChoreRunner, type Chore, type ChoreRunnerOptions } from './chore-runner.js';
export {
  ComputationCancelled,
  ComputationFailed,
  ThreadPool,
  type Computation,
  type ComputationTools,
} from './thread-pool.js';
export { jobChore, type JobWork } from './due-jobs.js';
