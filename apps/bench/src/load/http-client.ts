import { Agent, request } from 'node:http';

/** One user's REST calls over one kept connection. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private readonly url: string;
  private readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** @throws Error for any answer but a success */
  get<T>(path: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const call = request(
        this.url + path,
        { agent: this.agent, headers: { authorization: `Bearer ${this.token}` } },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const body = Buffer.concat(parts).toString();
            if (response.statusCode === 200) resolve(JSON.parse(body) as T);
            else reject(new Error(`${path} answered ${response.statusCode}: ${body.slice(0, 200)}`));
          });
        },
      );
      call.on('error', reject).end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
