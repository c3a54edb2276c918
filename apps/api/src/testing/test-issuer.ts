import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** How the issuer answers who asks for its keys. */
export type IssuerMood = 'well' | 'failing' | 'silent' | 'rambling' | 'huge' | 'elsewhere';

/** A portal with accounts of its own: signs tokens, and publishes its keys over real HTTP. */
export class TestIssuer {
  mood: IssuerMood = 'well';
  /** How often its keys were asked for. */
  asked = 0;
  private published: Key[] = [];

  private constructor(
    private readonly server: Server,
    private readonly keys: Map<string, Key>,
  ) {}

  static async start(): Promise<TestIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new TestIssuer(server, new Map());
    server.on('request', (_, response) => {
      issuer.asked++;
      if (issuer.mood === 'silent') return;
      if (issuer.mood === 'elsewhere') response.writeHead(302, { location: issuer.jwksUrl }).end();
      else if (issuer.mood === 'failing') response.writeHead(500).end('{}');
      else if (issuer.mood === 'rambling') response.end('<html>');
      else if (issuer.mood === 'huge') response.end(`{"keys":[],"padding":"${'x'.repeat(1_000_000)}"}`);
      else void issuer.keySet().then((keys) => response.end(JSON.stringify({ keys })));
    });
    for (const alg of ['RS256', 'ES256', 'EdDSA']) await issuer.publish(alg, alg);
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get jwksUrl(): string {
    return `${this.url}/keys`;
  }

  /** The settings of a server that believes this issuer. */
  get settings(): Record<string, string> {
    return { AUTH_JWKS_URL: this.jwksUrl, AUTH_ISSUER: this.url, AUTH_AUDIENCE: 'course-chat-for-specs' };
  }

  /** Makes a key and publishes it beside the others. */
  async publish(kid: string, alg: string): Promise<void> {
    const key = { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
    this.keys.set(kid, key);
    this.published.push(key);
  }

  withdraw(kid: string): void {
    this.published = this.published.filter((key) => key.kid !== kid);
  }

  /** What this issuer says of a person, good for a quarter of an hour unless the claims say else. */
  claims(subject: string, more: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.url,
      aud: this.settings['AUTH_AUDIENCE'],
      sub: subject,
      iat: now,
      exp: now + 900,
      name: `Person ${subject}`,
      ...more,
    };
  }

  /** A token as the issuer makes it; of `kid`'s key, which need not be published. */
  async token(subject: string, more: JWTPayload = {}, kid = 'RS256', header: object = {}): Promise<string> {
    const key = this.keyOf(kid);
    return new SignJWT(this.claims(subject, more))
      .setProtectedHeader({ alg: key.alg, kid, typ: 'at+jwt', ...header })
      .sign(key.privateKey);
  }

  /** A signature over claims as they are written, for what no library would write. */
  async signText(claims: string): Promise<string> {
    const { alg, privateKey } = this.keyOf('RS256');
    return new CompactSign(Buffer.from(claims)).setProtectedHeader({ alg, kid: 'RS256' }).sign(privateKey);
  }

  /** A public key as a text: what a forger takes for a shared secret. */
  publicKeyText(kid: string): Promise<string> {
    return exportSPKI(this.keyOf(kid).publicKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private keyOf(kid: string): Key {
    const key = this.keys.get(kid);
    if (!key) throw new Error(`The issuer has no key ${kid}`);
    return key;
  }

  private keySet() {
    return Promise.all(
      this.published.map(async ({ kid, alg, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        alg,
        use: 'sig',
      })),
    );
  }
}
