import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { RateLimits } from '@course-chat/api/kernel';
import { SOCKETS_PER_ADDRESS } from '@course-chat/contracts';
import { ConnectionGate } from './connection-gate';

describe(ConnectionGate.name, () => {
  const requestFrom = (address: string, query = 'EIO=4') =>
    ({ url: `/socket.io/?${query}`, headers: {}, address }) as unknown as IncomingMessage;
  const gateOf = (connectionsMax: number) =>
    new ConnectionGate(
      {
        origins: () => new Set<string>(),
        addressOf: (request) => (request as unknown as { address: string }).address,
        socketsPerUser: 10,
        scale: 1,
        connectionsMax,
      },
      new RateLimits(100),
    );
  const connect = (gate: ConnectionGate, address: string) => {
    const connection = Object.assign(new EventEmitter(), { request: requestFrom(address) as IncomingMessage | null });
    gate.count(connection as EventEmitter & { request: IncomingMessage });
    return connection;
  };

  it('forgets a connection that closed, also when its request was let go', async () => {
    const gate = gateOf(2);
    const [first] = [connect(gate, '192.0.2.1'), connect(gate, '192.0.2.2')];
    expect(await gate.refusalOf(requestFrom('192.0.2.3'))).toBe('UNAVAILABLE');
    first.request = null;
    first.emit('close');
    expect(await gate.refusalOf(requestFrom('192.0.2.3'))).toBeNull();
  });

  it('counts each address by itself, down to none', async () => {
    const gate = gateOf(100_000);
    const mine = Array.from({ length: SOCKETS_PER_ADDRESS }, () => connect(gate, '192.0.2.1'));
    connect(gate, '192.0.2.2');
    expect(await gate.refusalOf(requestFrom('192.0.2.1'))).toBe('RATE_LIMITED');
    expect(await gate.refusalOf(requestFrom('192.0.2.2'))).toBeNull();
    for (const connection of mine) connection.emit('close');
    for (let count = 0; count < SOCKETS_PER_ADDRESS - 1; count++) connect(gate, '192.0.2.1');
    expect(await gate.refusalOf(requestFrom('192.0.2.1'))).toBeNull();
  });

  // What Engine.IO takes for a handshake is one, however it is written.
  it.each(['EIO=4&sid=', 'EIO=4&sid', 'EIO=4&sid=open&sid=', 'EIO=4#&sid=open'])(
    'counts ?%s as well',
    async (query) => {
      const gate = gateOf(1);
      connect(gate, '192.0.2.1');
      expect(await gate.refusalOf(requestFrom('192.0.2.2', query))).toBe('UNAVAILABLE');
    },
  );
});
