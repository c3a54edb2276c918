import type { Page, WebSocketRoute } from '@playwright/test';

/** The line between a page and the server, to be cut and held at will. Lay it before the page opens its socket. */
export class Line {
  private readonly open = new Set<WebSocketRoute>();
  private isDown = false;
  private cutAfter: string | null = null;
  private refused: string | null = null;
  /** How often the page connected and was let in. */
  connections = 0;

  static async lay(page: Page): Promise<Line> {
    const line = new Line();
    await page.routeWebSocket(/\/socket\.io\//, (client) => line.connect(client));
    return line;
  }

  /** Cuts the connection there is; the page may come again at once. */
  async cut(): Promise<void> {
    for (const client of [...this.open]) await client.close({ code: 1012, reason: 'cut' });
  }

  /** Cuts the connection and lets none be made until `mend`. */
  async down(): Promise<void> {
    this.isDown = true;
    await this.cut();
  }

  mend(): void {
    this.isDown = false;
  }

  /** Lets the next frame that contains `text` reach the server, and nothing of the answer come back. */
  cutOnceSent(text: string): void {
    this.cutAfter = text;
  }

  /** Answers the next command of this name as a server that refuses it, and does not pass it on. */
  refuseNext(command: string): void {
    this.refused = command;
  }

  private connect(client: WebSocketRoute): void {
    if (this.isDown) {
      void client.close({ code: 1012, reason: 'down' });
      return;
    }
    this.open.add(client);
    const server = client.connectToServer();
    let isDeaf = false;
    client.onMessage((frame) => {
      // Socket.IO writes an event that wants an answer as `42<id>["name",...]`, and the answer as `43<id>[...]`.
      const command = /^42(\d+)\["(\w+)"/.exec(frame.toString());
      if (command && command[2] === this.refused) {
        this.refused = null;
        const error = { code: 'FORBIDDEN', message: 'Refused by the journey', correlationId: 'journey' };
        client.send(`43${command[1]}${JSON.stringify([{ ok: false, error }])}`);
        return;
      }
      server.send(frame);
      if (this.cutAfter === null || !frame.toString().includes(this.cutAfter)) return;
      this.cutAfter = null;
      isDeaf = true;
      // The server answers in a few milliseconds; its answer is held back here, whenever it comes.
      setTimeout(() => void client.close({ code: 1012, reason: 'cut before the answer' }), 300);
    });
    server.onMessage((frame) => {
      // `40` is Socket.IO's word that the handshake is done.
      if (frame.toString().startsWith('40')) this.connections++;
      if (!isDeaf) client.send(frame);
    });
    client.onClose(() => {
      this.open.delete(client);
      void server.close();
    });
    server.onClose(() => {
      this.open.delete(client);
      void client.close();
    });
  }
}
