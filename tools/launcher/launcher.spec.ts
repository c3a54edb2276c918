import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { SERVER_NODE_OPTIONS, startApi } from './api.mjs';
import { findMongod, startMongod } from './mongod.mjs';
import { explain, Problem } from './problem.mjs';
import { freePort, guard, isAlive } from './processes.mjs';

jest.setTimeout(60_000);

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'course-chat-launcher-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const silent = () => undefined;

async function anyBinary(): Promise<string> {
  const source = await findMongod({ dataDir, log: silent, env: { ...process.env, MONGODB_URI: '' } });
  if ('uri' in source) throw new Error('expected a binary');
  return source.binary;
}

describe(findMongod.name, () => {
  it('takes a database that is given before it looks for a server', async () => {
    const uri = 'mongodb://db.example.com/x?replicaSet=rs0';
    const env = { MONGODB_URI: uri, MONGOD_BINARY: '/nowhere' };
    expect(await findMongod({ dataDir, log: silent, env })).toEqual({ uri });
  });

  it('says what to do when the server it was given does not run', async () => {
    const found = findMongod({ dataDir, log: silent, env: { MONGOD_BINARY: '/nowhere/mongod' } });
    await expect(found).rejects.toThrow(/MONGOD_BINARY does not run/);
    await expect(found).rejects.toMatchObject({ remedy: expect.stringContaining('MONGODB_URI') });
  });

  it('stays with the server that wrote the data', async () => {
    const binary = await anyBinary();
    writeFileSync(join(dataDir, 'mongod.json'), JSON.stringify({ port: 1, binary }));
    expect(await findMongod({ dataDir, log: silent, env: {} })).toEqual({ binary });
  });
});

describe(startMongod.name, () => {
  it('keeps data, follows a changed port, refuses a second start and stops for good', async () => {
    const binary = await anyBinary();
    const first = await startMongod({ binary, dataDir, cacheGb: 0.25 });
    await withDatabase(first.uri, (db) =>
      db.collection('kept').insertOne({ n: 1 }, { writeConcern: { w: 'majority', j: true } }),
    );
    await expect(startMongod({ binary, dataDir })).rejects.toThrow(/in use by a running start/);
    await first.stop();
    await expect(withDatabase(first.uri, (db) => db.command({ ping: 1 }))).rejects.toThrow();

    const port = await freePort();
    const second = await startMongod({ binary, dataDir, port, cacheGb: 0.25 });
    try {
      expect(second.port).toBe(port);
      expect(await withDatabase(second.uri, (db) => db.collection('kept').countDocuments())).toBe(1);
    } finally {
      await second.stop();
    }
    expect(existsSync(join(dataDir, 'mongod.lock.json'))).toBe(false);
    expect(JSON.parse(readFileSync(join(dataDir, 'mongod.json'), 'utf8'))).toMatchObject({ port, binary });
  });

  it('says which port is taken', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as { port: number };
    await expect(startMongod({ binary: process.execPath, dataDir, port })).rejects.toThrow(
      `Port ${port} for the database is taken`,
    );
    busy.close();
  });

  it('explains a server that ends at once', async () => {
    await expect(startMongod({ binary: process.execPath, dataDir })).rejects.toThrow(Problem);
    expect(existsSync(join(dataDir, 'mongod.lock.json'))).toBe(false);
  });
});

describe(startApi.name, () => {
  const api = (body: string) => {
    const entry = join(dataDir, 'api.mjs');
    writeFileSync(entry, body);
    return entry;
  };
  const answering = `
    import { createServer } from 'node:http';
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/api/health/ready' ? 200 : 404;
      response.end(request.url === '/options' ? process.execArgv.join(' ') : process.env.JWT_SECRET);
    }).listen(process.env.PORT, process.env.HOST);
    process.on('SIGTERM', () => { console.log('drained'); process.exit(0); });`;
  const options = async (entry: string) => ({
    ...{ mongodbUri: 'mongodb://unused', dataDir, host: '127.0.0.1', port: await freePort(), entry },
  });

  it('waits for ready, keeps one secret over restarts, and lets it drain', async () => {
    const started = await options(api(answering));
    const first = await startApi(started);
    const secret = await (await fetch(`${first.url}/x`)).text();
    expect(secret.length).toBeGreaterThan(40);
    await first.stop();
    expect(await first.ended).toBe(0);
    expect(readFileSync(first.log, 'utf8')).toContain('drained');

    const second = await startApi(started);
    expect(await (await fetch(`${second.url}/x`)).text()).toBe(secret);
    await second.stop();
  });

  it("starts it with the server's options of Node, and those it is given", async () => {
    const running = await startApi({ ...(await options(api(answering))), nodeOptions: ['--enable-source-maps'] });
    const text = await (await fetch(`${running.url}/options`)).text();
    expect(text.split(' ')).toEqual([...SERVER_NODE_OPTIONS, '--enable-source-maps']);
    await running.stop();
  });

  it('shows the last words of an api that ends while it starts', async () => {
    const started = await options(api(`console.error('JWT_SECRET: too short'); process.exit(1)`));
    await expect(startApi(started)).rejects.toThrow(/ended while it started \(code 1\):\nJWT_SECRET: too short/);
  });

  it('gives up on an api that never becomes ready', async () => {
    const started = await options(api(`setInterval(() => {}, 1000)`));
    await expect(startApi({ ...started, readyTimeoutMs: 500 })).rejects.toThrow(/not ready within/);
  });

  it('names a port that is taken and another one to try', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as { port: number };
    const error = await startApi({ ...(await options(api(answering))), port }).catch((caught: unknown) => caught);
    expect(explain(error)).toMatch(new RegExp(`Port ${port} .* taken[^]*PORT=${port + 1} npm start`));
    busy.close();
  });
});

describe(guard.name, () => {
  it('ends what a killed process leaves behind', async () => {
    const script = join(dataDir, 'parent.mjs');
    writeFileSync(
      script,
      `import { spawn } from 'node:child_process';
       import { guard } from ${JSON.stringify(join(__dirname, 'processes.mjs'))};
       const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
       guard(child.pid);
       console.log(child.pid);
       setInterval(() => {}, 1000);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = (await once(parent.stdout, 'data')) as [Buffer];
    const orphan = Number(output.toString());
    expect(isAlive(orphan)).toBe(true);
    parent.kill('SIGKILL');
    const deadline = Date.now() + 5_000;
    while (isAlive(orphan) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isAlive(orphan)).toBe(false);
  });
});

async function withDatabase<T>(uri: string, work: (db: mongo.Db) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 1_500 });
  try {
    return await work(client.db());
  } finally {
    await client.close();
  }
}
