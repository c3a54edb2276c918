import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection, Schema } from 'mongoose';
import { TestServer } from '../testing';

/** Every schema of the built application, those inside others too. */
function schemasOf(schema: Schema): Schema[] {
  return [schema, ...schema.childSchemas.flatMap((child) => schemasOf(child.schema))];
}

describe('what can be stored', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  const models = () => Object.values(server.app.get<Connection>(getConnectionToken()).models);

  it('has a field for everything, and refuses what has none', () => {
    expect(models().length).toBeGreaterThanOrEqual(8);
    for (const { modelName, schema } of models()) {
      for (const one of schemasOf(schema)) {
        expect([modelName, one.get('strict')]).toEqual([modelName, 'throw']);
        one.eachPath((path, { instance }) =>
          expect([modelName, path, instance]).not.toEqual([modelName, path, 'Mixed']),
        );
      }
    }
  });
});
