import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandNames, eventNames, routes, type Route } from '@course-chat/contracts';
import { envExample } from '../config';
import { TestServer } from '../testing';
import { asyncApiDocument } from './asyncapi';
import { openApiDocument } from './openapi';

const ROOT = join(__dirname, '../../../..');
const all: Route[] = Object.values(routes).flatMap((group): Route[] => Object.values(group));

/** Files that are made from the source and kept in the repository; UPDATE_REFERENCE=1 writes them anew. */
const generated: [string, () => string][] = [
  ['docs/api/openapi.json', () => `${JSON.stringify(openApiDocument(), null, 2)}\n`],
  ['docs/api/asyncapi.json', () => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`],
  ['.env.example', envExample],
];

describe('what is generated', () => {
  it.each(generated)('%s is what the source says; UPDATE_REFERENCE=1 writes it anew', (path, make) => {
    const file = join(ROOT, path);
    if (process.env['UPDATE_REFERENCE']) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, make());
    }
    expect(readFileSync(file, 'utf8')).toBe(make());
  });
});

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: {
    readonly type?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly pattern?: string;
  };
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: unknown }> };
  readonly responses: Record<string, unknown>;
  readonly security: unknown;
}

function refsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : refsOf(inner)));
}

function resolve(document: unknown, ref: string): unknown {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}

describe('the OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument())) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it('refers to nothing that is not there', () => {
    const refs = new Set(refsOf(document));
    expect(refs.size).toBeGreaterThan(10);
    for (const ref of refs) expect([ref, typeof resolve(document, ref)]).toEqual([ref, 'object']);
  });

  it('has every route once, and a name for each', () => {
    expect(operations).toHaveLength(all.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(all.length);
  });

  it('names each parameter of a path, and no other', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const { parameters } of Object.values(methods)) {
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        expect([path, parameters.filter((one) => one.in === 'path').map((one) => one.name)]).toEqual([path, named]);
      }
    }
  });

  it('numbers in a query are whole numbers with bounds', () => {
    const numbers = operations
      .flatMap(({ parameters }) => parameters)
      .filter(({ name }) => ['limit', 'before', 'after', 'around'].includes(name));
    expect(numbers.length).toBeGreaterThanOrEqual(11);
    for (const { schema } of numbers) {
      expect(schema).toMatchObject({ type: 'integer', minimum: expect.any(Number), maximum: expect.any(Number) });
      expect(schema.pattern).toBeUndefined();
    }
  });

  it('says what an error looks like, for every code of every route', () => {
    for (const { responses } of operations) {
      for (const status of Object.keys(responses).filter((one) => Number(one) >= 400)) {
        expect(refsOf(responses[status])).toEqual(['#/components/schemas/ErrorBody']);
      }
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '413', '429', '500', '503']));
    }
  });

  it('refuses unknown keys where the server does', () => {
    const send = operations.find(({ operationId }) => operationId === 'users.sendMessage');
    expect(send?.requestBody?.content['application/json']?.schema).toMatchObject({
      additionalProperties: false,
      required: ['clientMessageId', 'text'],
    });
  });
});

describe('the AsyncAPI document', () => {
  const document = JSON.parse(JSON.stringify(asyncApiDocument())) as {
    operations: Record<string, { action: string; reply?: unknown }>;
  };

  it('refers to nothing that is not there', () => {
    for (const ref of new Set(refsOf(document))) expect([ref, typeof resolve(document, ref)]).toEqual([ref, 'object']);
  });

  it('has every command with its answer and every event', () => {
    expect(Object.keys(document.operations).sort()).toEqual([...commandNames, ...eventNames].sort());
    for (const name of commandNames)
      expect(document.operations[name]).toMatchObject({ action: 'receive', reply: expect.any(Object) });
    for (const name of eventNames) expect(document.operations[name]?.action).toBe('send');
  });
});

describe('the running server', () => {
  let server: TestServer;
  beforeAll(async () => (server = await TestServer.start()));
  afterAll(() => server.stop());

  it('has the routes of the contracts and the health checks, and no other', () => {
    interface Layer {
      readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
    }
    const { stack } = (server.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } }).router;
    const registered = stack
      .flatMap(({ route }) => (route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : []))
      .filter((route) => route.includes('/api/') && !route.includes('*') && !/\/api\/(docs|openapi\.json)/.test(route));
    const expected = [
      ...all.map(({ method, path }) => `${method} /api${path}`),
      'get /api/health/live',
      'get /api/health/ready',
    ];
    expect(registered.sort()).toEqual(expected.sort());
  });

  it.each([
    ['openapi.json', openApiDocument],
    ['asyncapi.json', asyncApiDocument],
  ] as const)('serves %s', async (name, make) => {
    const { status, body } = await server.call('GET', `/${name}`);
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(make())));
  });
});
