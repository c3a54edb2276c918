/** A load generator: takes one job after the other from the process that started it, and ends with it. */
import { catchUp, connectMany, disconnectAll } from './crowd.ts';
import type { Job, JobResult } from './jobs.ts';
import { disconnectAllMembers, send } from './send.ts';

function run(job: Job): Promise<JobResult<Job>> {
  switch (job.kind) {
    case 'send':
      return send(job);
    case 'connect':
      return connectMany(job);
    case 'disconnect':
      disconnectAllMembers();
      return disconnectAll();
    case 'catchUp':
      return catchUp(job);
  }
}

process.on('message', (job: Job) => {
  run(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
