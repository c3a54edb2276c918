import { ConnectionSocketActions } from './connection.actions';
import { reportStatus } from './connection.effects';
import { connectionFeature } from './connection.feature';
import type { RealtimeSocket } from './realtime-socket';
import { of, toArray, firstValueFrom } from 'rxjs';

describe('connection', () => {
  it('starts idle and follows the socket', async () => {
    const socket = { status$: of('idle', 'online', 'offline') } as unknown as RealtimeSocket;
    const actions = await firstValueFrom(reportStatus(socket, () => 7).pipe(toArray()));
    expect(actions.map(({ type }) => type)).toEqual(
      (['idle', 'online', 'offline'] as const).map((status) => ConnectionSocketActions[status].type),
    );
    const states = actions.map((action) => connectionFeature.reducer(undefined, action));
    expect(states).toEqual(['idle', 'online', 'offline'].map((status) => ({ status, since: 7 })));
  });
});
