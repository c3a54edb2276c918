import { BehaviorSubject } from 'rxjs';
import { reportStatus } from './connection.effects';
import type { RealtimeSocket, SocketStatus } from './realtime-socket';

describe('what is told of the connection', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is not every try that is refused at once, but one that takes its time, and the end of them', () => {
    const status$ = new BehaviorSubject<SocketStatus>('idle');
    const told: string[] = [];
    const running = reportStatus({ status$ } as unknown as RealtimeSocket, () => 7).subscribe(({ type }) =>
      told.push(type.replace('[Connection Socket] ', '')),
    );
    for (let tries = 0; tries < 3; tries++) {
      status$.next('connecting');
      jest.advanceTimersByTime(30);
      status$.next('offline');
      jest.advanceTimersByTime(5_000);
    }
    status$.next('connecting');
    jest.advanceTimersByTime(3_000);
    status$.next('online');
    expect(told).toEqual(['idle', 'offline', 'connecting', 'online']);
    running.unsubscribe();
  });
});
