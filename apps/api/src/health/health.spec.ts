import { TestServer } from '../testing';
import { Readiness } from './readiness';

describe('health', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  it('says that the process runs, to anybody', async () => {
    const { status, body } = await server.call('GET', '/health/live');
    expect({ status, body }).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('says that the database answers', async () => {
    const { status, body } = await server.call('GET', '/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ok', info: { mongodb: { status: 'up' } } });
  });

  it('is not ready while it drains, and still alive', async () => {
    server.app.get(Readiness).drain();
    expect(await server.call('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { error: { code: 'UNAVAILABLE' } },
    });
    expect((await server.call('GET', '/health/live')).status).toBe(200);
  });
});
