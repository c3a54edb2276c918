import { ConfigError, readConfig, variables } from './config';

const good = { MONGODB_URI: 'mongodb://127.0.0.1/course-chat' };

describe(readConfig.name, () => {
  it('fills in what is not set; an empty variable counts as not set', () => {
    const config = readConfig({ ...good, PORT: '', DEMO: '' });
    expect(config).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DEMO: false,
      RATE_LIMIT_SCALE: 1,
      DATA_DIR: '.data',
      LOG_LEVEL: 'info',
    });
    expect(config).toMatchObject({ EDIT_WINDOW_MINUTES: 15, DELETE_WINDOW_MINUTES: 60, PRESENCE_GRACE_SECONDS: 8 });
  });

  it('reads what is set', () => {
    const config = readConfig({
      ...good,
      PORT: '0',
      DEMO: '1',
      RATE_LIMIT_SCALE: '0.5',
      PUBLIC_ORIGINS: ' https://a.example , https://b.example:8443,',
    });
    expect(config).toMatchObject({
      PORT: 0,
      DEMO: true,
      RATE_LIMIT_SCALE: 0.5,
      PUBLIC_ORIGINS: ['https://a.example', 'https://b.example:8443'],
    });
  });

  it('spells an origin as browsers do', () => {
    const PUBLIC_ORIGINS =
      'https://Portal.Example:443,http://PORTAL.example:80,https://münchen.example,http://[::1]:3000';
    expect(readConfig({ ...good, PUBLIC_ORIGINS }).PUBLIC_ORIGINS).toEqual([
      'https://portal.example',
      'http://portal.example',
      'https://xn--mnchen-3ya.example',
      'http://[::1]:3000',
    ]);
  });

  it('makes a secret of its own outside production, a new one each time', () => {
    const [first, second] = [readConfig(good).JWT_SECRET, readConfig(good).JWT_SECRET];
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(second).not.toBe(first);
  });

  it('does not start in production without a secret', () => {
    expect(() => readConfig({ ...good, NODE_ENV: 'production' })).toThrow('JWT_SECRET');
  });

  it.each([
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['PORT', '1e3'],
    ['PORT', '3000.5'],
    ['NODE_ENV', 'prod'],
    ['NODE_ENV', 'Production'],
    ['MONGODB_URI', 'postgres://x'],
    ['MONGODB_URI', ''],
    ['JWT_SECRET', 'short'],
    ['PUBLIC_ORIGINS', 'portal.example'],
    ['PUBLIC_ORIGINS', 'https://portal.example/'],
    ['PUBLIC_ORIGINS', '*'],
    ['PUBLIC_ORIGINS', 'https://a.example;https://b.example'],
    ['PUBLIC_ORIGINS', ','],
    ['PUBLIC_ORIGINS', 'https://portal.example:99999'],
    ['PUBLIC_ORIGINS', 'https://portal.example?'],
    ['PUBLIC_ORIGINS', 'https://somebody@portal.example'],
    ['PUBLIC_ORIGINS', 'https://*.portal.example'],
    ['DEMO', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['RATE_LIMIT_SCALE', '0'],
    ['RATE_LIMIT_SCALE', '-1'],
    ['RATE_LIMIT_SCALE', 'NaN'],
    ['RATE_LIMIT_SCALE', 'Infinity'],
    ['RATE_LIMITS', 'nothing=1/1'],
    ['RATE_LIMITS', 'message=10'],
    ['SOCKETS_PER_USER', '0'],
    ['SOCKETS_PER_USER', '1.5'],
    ['CONNECTIONS_MAX', '100.5'],
    ['TRUST_PROXY', '1.5'],
    ['ENROLLMENT_WEBHOOK_SECRET', 'short'],
    ['EDIT_WINDOW_MINUTES', '-5'],
    ['DELETE_WINDOW_MINUTES', '1e9'],
    ['PRESENCE_GRACE_SECONDS', '61'],
  ])('refuses %s=%s, naming it and nothing else', (name, value) => {
    let caught: unknown;
    try {
      readConfig({ ...good, [name]: value });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ConfigError);
    const rows = (caught as ConfigError).message.split('\n').slice(1);
    expect(rows.map((row) => row.trim().split(/\s+/)[0])).toEqual([name]);
  });

  it('names all that is wrong at once, and never a secret', () => {
    const bad = { PORT: 'x', JWT_SECRET: 'hunter2', DEMO: 'maybe' };
    expect(() => readConfig(bad)).toThrow(/PORT[^]*MONGODB_URI[^]*JWT_SECRET[^]*DEMO/);
    expect(() => readConfig(bad)).not.toThrow(/hunter2/);
  });

  it('an external issuer is set whole or not at all, and its keys come over https in production', () => {
    const whole = {
      AUTH_JWKS_URL: 'https://id.example/keys',
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'chat',
    };
    expect(readConfig({ ...good, ...whole })).toMatchObject({ ...whole, AUTH_ROLE_CLAIM: 'role' });
    for (const name of Object.keys(whole)) {
      expect(() => readConfig({ ...good, ...whole, [name]: '' })).toThrow(name);
    }
    const secret = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) };
    const from = (AUTH_JWKS_URL: string) => readConfig({ ...good, ...secret, ...whole, AUTH_JWKS_URL });
    expect(() => from('http://id.example/keys')).toThrow('AUTH_JWKS_URL');
    expect(() => from('http://127.0.0.1.evil.example/keys')).toThrow('AUTH_JWKS_URL');
    expect(() => from('file:///keys')).toThrow('AUTH_JWKS_URL');
    expect(from('http://127.0.0.1:8080/keys').AUTH_ISSUER).toBe('https://id.example');
    expect(() => readConfig({ ...good, ...whole, AUTH_ISSUER: 'course-chat' })).toThrow('AUTH_ISSUER');
  });

  it('takes its own examples', () => {
    const examples = Object.fromEntries(Object.entries(variables).map(([name, { example }]) => [name, example]));
    expect(() => readConfig(examples)).not.toThrow();
  });
});
