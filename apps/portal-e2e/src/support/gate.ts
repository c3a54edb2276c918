import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A way to the product that can be shut: behind a shut gate nothing listens, as when the server is down. */
export class Gate {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
    readonly url: string,
  ) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async open(target: string): Promise<Gate> {
    const to = new URL(target);
    const server = createServer((incoming, answer) => {
      const passed = request({ ...towards(to, incoming) }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      incoming.pipe(passed);
    });
    server.on('upgrade', (incoming, socket, head) => {
      const passed = request({ ...towards(to, incoming) });
      passed.on('upgrade', (response, other, otherHead) => {
        const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}`);
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
        if (otherHead.length > 0) socket.write(otherHead);
        if (head.length > 0) other.write(head);
        other.pipe(socket).pipe(other);
        for (const [one, two] of [[socket, other] as const, [other, socket] as const]) {
          one.on('error', () => two.destroy());
          one.on('close', () => two.destroy());
        }
      });
      passed.on('response', () => socket.destroy());
      passed.on('error', () => socket.destroy());
      passed.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new Gate(to, server, `http://localhost:${port}`);
  }

  /** Ends every connection; new ones are refused. */
  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  async reopen(): Promise<void> {
    const port = Number(new URL(this.url).port);
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }
}

/** The same request to the product, from the address that it knows as its own. */
function towards(to: URL, { method, url, headers }: IncomingMessage) {
  const own = { ...headers, host: to.host, ...(headers.origin && { origin: to.origin }) };
  return { host: to.hostname, port: to.port, method, path: url, headers: own };
}
