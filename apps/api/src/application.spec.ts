import type { NestExpressApplication } from '@nestjs/platform-express';
import { mongo } from 'mongoose';
import { buildIndexes } from './application';

/** An application whose one model answers like this, one time after the other, and then that all is well. */
function withAnswers(...failures: Error[]) {
  const createIndexes = jest.fn(async () => {
    const failure = failures.shift();
    if (failure) throw failure;
  });
  const app = { get: () => ({ models: { Chat: { createIndexes } } }) } as unknown as NestExpressApplication;
  return { app, createIndexes };
}

describe(buildIndexes.name, () => {
  it('waits for a database that goes away meanwhile', async () => {
    const { app, createIndexes } = withAnswers(new mongo.MongoNetworkError('read ECONNRESET'));
    await buildIndexes(app);
    expect(createIndexes).toHaveBeenCalledTimes(2);
  });

  it('ends a start that no waiting helps', async () => {
    const conflict = new mongo.MongoServerError({ message: 'An index of that name has other keys', code: 86 });
    const { app } = withAnswers(conflict);
    await expect(buildIndexes(app)).rejects.toBe(conflict);
  });
});
