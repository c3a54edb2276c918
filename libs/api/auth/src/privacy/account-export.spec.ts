import { setTimeout as delay } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { Clock } from '@course-chat/api/kernel';
import type { OwnMessage } from '@course-chat/contracts';
import type { AccountService } from '../account.service';
import type { AuditLog } from '../audit/audit-log';
import type { UserRepository } from '../user.repository';
import { AccountExporter } from './account-export';
import { PersonalData } from './personal-data';

const principal = { userId: 'u'.repeat(24), sessionId: 's'.repeat(24), role: 'student' } as const;
const caller = { address: '127.0.0.1', userAgent: null };
const row = (seq: number): OwnMessage => ({
  chatId: 'c'.repeat(24),
  seq,
  text: `"quoted" \u2028 ${'x'.repeat(1_000)}`,
  createdAt: '2026-01-01T00:00:00.000Z',
  editedAt: null,
  deletedAt: null,
});

describe(AccountExporter.name, () => {
  let made: number;
  let ended: boolean;
  let noted: string[];

  function exportOf(messages: (made: () => void) => AsyncIterable<OwnMessage>): Promise<Readable> {
    [made, ended, noted] = [0, false, []];
    const data = new PersonalData();
    data.register({
      sections: {
        messages: async function* () {
          try {
            yield* messages(() => made++);
          } finally {
            ended = true;
          }
        },
      },
      erase: async () => undefined,
    });
    const exporter = new AccountExporter(
      { accountOf: async () => ({ id: principal.userId }) } as unknown as UserRepository,
      { listSessions: async () => ({ items: [] }) } as unknown as AccountService,
      {
        note: async (action: string) => void noted.push(action),
        async *about() {},
      } as unknown as AuditLog,
      data,
      new Clock(),
    );
    return exporter.of(principal, caller);
  }
  async function* rows(count: number, tick: () => void) {
    for (let seq = 1; seq <= count; seq++) {
      tick();
      yield row(seq);
    }
  }
  const readAll = async (stream: Readable) => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return JSON.parse(Buffer.concat(parts).toString()) as { messages: OwnMessage[]; chats: unknown[] };
  };

  it('is one valid document, recorded before it begins', async () => {
    const stream = await exportOf((tick) => rows(500, tick));
    expect(noted).toEqual(['data_exported']);
    const { messages, chats } = await readAll(stream);
    expect(messages).toEqual(Array.from({ length: 500 }, (_, index) => row(index + 1)));
    expect(chats).toEqual([]);
  });

  it('holds little while nobody reads, however much there is, and stops when nobody reads on', async () => {
    const stream = await exportOf((tick) => rows(1_000_000, tick));
    await new Promise<void>((resolve) => stream.once('readable', resolve));
    stream.read(1);
    await delay(200);
    // A row is a kilobyte: a few chunks are waiting, not the million.
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(1_000);
    stream.destroy();
    await delay(50);
    expect(ended).toBe(true);
  });

  it('breaks off when a part of it fails: nobody takes half of it for all', async () => {
    const stream = await exportOf(async function* (tick) {
      yield* rows(100, tick);
      throw new Error('The database went away');
    });
    await expect(readAll(stream)).rejects.toThrow('The database went away');
  });
});
