import { randomBytes } from 'node:crypto';
import { parseLimits, type LimitSettings } from '@course-chat/api/kernel';
import { DELETE_WINDOW_MS, EDIT_WINDOW_MS, PRESENCE_GRACE_MS, SOCKETS_PER_USER } from '@course-chat/contracts';
import proxyAddr from 'proxy-addr';
import * as z from 'zod/mini';

/** The pino levels. */
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
/** What a process may be run as: a misspelt `production` would begin without what production asks for. */
const NODE_ENVS = ['development', 'test', 'production'] as const;
const JWT_SECRET_MIN = 32;

/** Addresses, networks and the names Express has for the private ones, separated by commas. */
const proxies = z
  .string()
  .check(z.refine(areProxies, 'Expected a number of proxies, or a comma list of their addresses'));
function areProxies(list: string): boolean {
  try {
    proxyAddr.compile(list.split(/ *, */));
    return true;
  } catch {
    return false;
  }
}

const limits = z.pipe(
  z.string(),
  z.transform((text: string, context): LimitSettings => {
    try {
      return parseLimits(text);
    } catch (error) {
      context.issues.push({
        code: 'custom',
        input: text,
        message: error instanceof Error ? error.message : 'Not valid',
      });
      return {};
    }
  }),
);

const flag = z.pipe(
  z.enum(['true', 'false', '1', '0'], 'Expected true or false'),
  z.transform((value: 'true' | 'false' | '1' | '0') => value === 'true' || value === '1'),
);
const written = (as: RegExp, expected: string) => (min: number, max: number) =>
  z.pipe(
    z.pipe(z.string().check(z.regex(as, expected)), z.transform(Number)),
    z.number().check(z.gte(min), z.lte(max)),
  );
const number = written(/^\d+(\.\d+)?$/, 'Expected a number');
const whole = written(/^\d+$/, 'Expected a whole number');

const ORIGIN_EXPECTED = 'Expected an origin such as https://portal.example';
/** Becomes what a browser sends: in small letters, without the port that goes without saying. */
const origin = z.pipe(
  z.string().check(z.refine(isOrigin, ORIGIN_EXPECTED)),
  z.transform((text: string) => new URL(text).origin),
);
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/\\\s?#@*]+$/i.test(text) && URL.canParse(text);
}

/** One environment variable: how it is read, what it is without one, and what it is for. */
interface Variable<S extends z.ZodMiniType = z.ZodMiniType> {
  readonly schema: S;
  readonly example: string;
  readonly help: string;
}
const variable = <S extends z.ZodMiniType>(schema: S, example: string, help: string): Variable<S> => ({
  schema,
  example,
  help,
});

/** Every setting of the server. There is no other way to configure it. */
export const variables = {
  NODE_ENV: variable(
    z._default(z.enum(NODE_ENVS, `Expected ${NODE_ENVS.join(', ')}`), 'development'),
    'production',
    'production refuses to start without its own secrets',
  ),
  PORT: variable(z._default(whole(0, 65535), 3000), '3000', 'Port of the portal and the API; 0 takes a free one'),
  HOST: variable(z._default(z.string(), '127.0.0.1'), '127.0.0.1', 'Address to listen on'),
  MONGODB_URI: variable(
    z.string().check(z.regex(/^mongodb(\+srv)?:\/\//, 'Expected a mongodb:// address')),
    'mongodb://127.0.0.1:27017/course-chat?replicaSet=rs0',
    'A MongoDB 6 or newer replica set',
  ),
  REDIS_URL: variable(
    z.optional(z.string().check(z.regex(/^rediss?:\/\//, 'Expected a redis:// address'))),
    'redis://127.0.0.1:6379',
    'Joins several nodes; leave it out for one',
  ),
  JWT_SECRET: variable(
    z.optional(z.string().check(z.minLength(JWT_SECRET_MIN, `At least ${JWT_SECRET_MIN} characters`))),
    'a-long-random-text-of-32-characters-or-more',
    'Signs access tokens; required in production',
  ),
  JWT_SECRET_PREVIOUS: variable(
    z.optional(z.string().check(z.minLength(JWT_SECRET_MIN, `At least ${JWT_SECRET_MIN} characters`))),
    '',
    'The JWT_SECRET before the present one: its tokens are believed until they end',
  ),
  AUTH_JWKS_URL: variable(
    z.optional(z.url({ protocol: /^https?$/, error: 'Expected an https:// address' })),
    '',
    'The public keys of a portal that has accounts already: its access tokens open this chat; https in production',
  ),
  AUTH_ISSUER: variable(
    z.optional(z.string().check(z.refine((name) => name !== 'course-chat', 'This name is taken by our own tokens'))),
    '',
    'The iss of its tokens; required with AUTH_JWKS_URL',
  ),
  AUTH_AUDIENCE: variable(z.optional(z.string()), '', 'The aud its tokens must have; required with AUTH_JWKS_URL'),
  AUTH_ROLE_CLAIM: variable(
    z._default(z.string(), 'role'),
    'role',
    'The claim of its tokens that is, or lists, tutor for tutors; all others are students, nobody an administrator',
  ),
  PUBLIC_ORIGINS: variable(
    z.optional(
      z.pipe(
        z.pipe(
          z.string(),
          z.transform((list: string) =>
            list
              .split(',')
              .map((item) => item.trim())
              .filter(Boolean),
          ),
        ),
        z.array(origin).check(z.minLength(1, ORIGIN_EXPECTED)),
      ),
    ),
    'https://portal.example',
    'Comma list of the origins browsers may come from; the own address without it',
  ),
  TRUST_PROXY: variable(
    z._default(z.union([whole(0, 10), proxies]), 0),
    '0',
    'How many proxies stand before the server, or a comma list of their addresses: whom to believe where a caller is',
  ),
  CONNECTIONS_MAX: variable(
    z._default(whole(1, 1_000_000), 20_000),
    '20000',
    'Most connections of one node; more are refused until some close',
  ),
  DATA_DIR: variable(z._default(z.string(), '.data'), '.data', 'Where the launcher keeps what must survive a restart'),
  DEMO: variable(z._default(flag, false), 'false', 'Demo data, demo checkout and the logins on the login page'),
  DEMO_TUTOR: variable(
    z._default(flag, true),
    'true',
    'In a demo, tutors nobody is logged in as read and answer by themselves',
  ),
  LOG_LEVEL: variable(z._default(z.enum(LOG_LEVELS), 'info'), 'info', LOG_LEVELS.join(', ')),
  RATE_LIMIT_SCALE: variable(
    z._default(number(0.01, 1_000_000), 1),
    '1',
    'Multiplies every rate limit; for load tests',
  ),
  RATE_LIMITS: variable(
    z._default(limits, {}),
    '',
    'Limits other than those that ship, as calls/seconds: message=10/1+60/60, login=10/900',
  ),
  SOCKETS_PER_USER: variable(
    z._default(whole(1, 10_000), SOCKETS_PER_USER),
    String(SOCKETS_PER_USER),
    'Most sockets one person may have open on one node',
  ),
  ENROLLMENT_WEBHOOK_SECRET: variable(
    z.optional(z.string().check(z.minLength(16, 'At least 16 characters'))),
    '',
    'Signs what a shop posts to /api/integrations/enrollments; without it that door is closed',
  ),
  AUDIT_RETENTION_DAYS: variable(
    z._default(number(1, 3_650), 365),
    '365',
    'How long it is kept who logged in, who read what as a moderator and the like',
  ),
  EDIT_WINDOW_MINUTES: variable(
    z._default(number(0, 525_600), EDIT_WINDOW_MS / 60_000),
    String(EDIT_WINDOW_MS / 60_000),
    'How long an own text may be edited',
  ),
  DELETE_WINDOW_MINUTES: variable(
    z._default(number(0, 525_600), DELETE_WINDOW_MS / 60_000),
    String(DELETE_WINDOW_MS / 60_000),
    'How long an own message may be deleted for everyone',
  ),
  PRESENCE_GRACE_SECONDS: variable(
    z._default(number(0, 60), PRESENCE_GRACE_MS / 1000),
    String(PRESENCE_GRACE_MS / 1000),
    'How long somebody whose last device left still counts as online',
  ),
} as const;

type Variables = typeof variables;
/** The settings as the server uses them. */
export type Config = { [K in keyof Variables]: z.infer<Variables[K]['schema']> } & { JWT_SECRET: string };

/** Names the settings that do not fit, one a line. */
export class ConfigError extends Error {
  constructor(problems: readonly { name: string; problem: string }[]) {
    const width = Math.max(...problems.map(({ name }) => name.length));
    const rows = problems.map(({ name, problem }) => `  ${name.padEnd(width)}  ${problem}`);
    super(`The server can not start with these settings:\n${rows.join('\n')}`);
    this.name = ConfigError.name;
  }
}

/**
 * Reads the settings; an empty variable counts as absent.
 * @throws ConfigError naming all that do not fit
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: { name: string; problem: string }[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(variables)) {
    const result = schema.safeParse(env[name] === '' ? undefined : env[name]);
    if (result.success) values[name] = result.data;
    else problems.push({ name, problem: env[name] ? (result.error.issues[0]?.message ?? 'Not valid') : 'Required' });
  }
  if (values['NODE_ENV'] === 'production' && !env['JWT_SECRET'])
    problems.push({ name: 'JWT_SECRET', problem: 'Required in production' });
  problems.push(...issuerProblems(env));
  if (problems.length > 0) throw new ConfigError(problems);
  // Outside production a secret of this process alone: its logins end with it.
  values['JWT_SECRET'] ??= randomBytes(32).toString('hex');
  return values as Config;
}

/** The three that name an external issuer come together, and its keys are not fetched where anybody can change them. */
function issuerProblems(env: Readonly<Record<string, string | undefined>>): { name: string; problem: string }[] {
  const names = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'];
  const missing = names.filter((name) => !env[name]);
  const url = env['AUTH_JWKS_URL'] ?? '';
  const isOpen = /^http:\/\/(?!(localhost|127\.0\.0\.1|\[::1\])[:/])/.test(url);
  return [
    ...(missing.length < names.length ? missing : []).map((name) => ({
      name,
      problem: 'Required with the other two of an external issuer',
    })),
    ...(env['NODE_ENV'] === 'production' && isOpen ? [{ name: 'AUTH_JWKS_URL', problem: 'Must be https://' }] : []),
  ];
}

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = Object.entries(variables).map(([name, { example, help }]) => `# ${help}\n${name}=${example}\n`);
  return `# Every setting of the server. Made from apps/api/src/config.ts; a test keeps it true.\n\n${lines.join('\n')}`;
}
