/** BullMQ as a doorbell on PostgreSQL or Redis, and the chores it wakes; rows in PostgreSQL stay the truth. */
export { Bell, migrateQueue, RedisEvictsKeys, RINGS, type BellOptions, type Ring } from './bell.js';
export { ChoreRunner, type Chore, type ChoreRunnerOptions } from './chore-runner.js';
