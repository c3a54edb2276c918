import { Logger } from '@nestjs/common';
import { SlowConsumers } from './slow-consumers';
import type { RealtimeServer } from './socket-types';

describe(SlowConsumers.name, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const typing = '42["typing_started",{"chatId":"c"}]';
  const message = '42["message_created",{"message":{"text":"typing_started"}}]';
  /** Sockets for which so much waits, as Engine.IO holds it. */
  function look(waiting: string[][], later = waiting) {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const sockets = waiting.map((packets, id) => ({
      id,
      data: { principal: { userId: `user ${id}` } },
      conn: { writeBuffer: held(packets), transport: { socket: { terminate: jest.fn() } }, close: jest.fn() },
    }));
    const server = { of: () => ({ sockets: new Map(sockets.map((socket) => [socket.id, socket])) }) };
    const consumers = new SlowConsumers(server as unknown as RealtimeServer);
    jest.advanceTimersByTime(1_000);
    const closedAtOnce = sockets.map(({ conn }) => conn.close.mock.calls.length > 0);
    later.forEach((packets, id) => {
      const socket = sockets[id];
      if (socket && later !== waiting) socket.conn.writeBuffer = held(packets);
    });
    jest.advanceTimersByTime(1_000);
    consumers.stop();
    return sockets.map(({ conn }, id) => {
      expect(conn.transport.socket.terminate.mock.calls).toHaveLength(conn.close.mock.calls.length);
      return {
        left: conn.writeBuffer.map(({ data }) => data),
        closed: closedAtOnce[id] ? 'at once' : conn.close.mock.calls.length > 0,
      };
    });
  }
  const held = (packets: string[]) => packets.map((data) => ({ type: 'message', data }));
  const times = (count: number, packet: string) => Array.from({ length: count }, () => packet);

  it('tells who reads slowly everything but who types, and who reads well that too', () => {
    const [slow, heavy, well] = look([
      [typing, ...times(64, message), typing],
      [typing, 'x'.repeat(257 * 1024), message],
      [typing, ...times(63, message)],
    ]);
    expect(slow).toEqual({ left: times(64, message), closed: false });
    expect(heavy?.left).toHaveLength(2);
    expect(well?.left).toHaveLength(64);
  });

  const mega = 'x'.repeat(1024 * 1024);

  it('closes who does not read at all: by bytes, by packets', () => {
    const outcomes = look([[mega, 'x'], times(4_097, message), times(4_096, 'x')]);
    expect(outcomes.map(({ closed }) => closed)).toEqual([true, true, false]);
  });

  it('spares who reads, however large an answer is, unless far too much waits', () => {
    const outcomes = look([[mega, mega], [mega, 'x'], times(5, mega)], [[mega, 'x'], [mega, mega], []]);
    expect(outcomes.map(({ closed }) => closed)).toEqual([false, true, 'at once']);
  });
});
