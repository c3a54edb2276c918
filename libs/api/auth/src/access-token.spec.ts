import { JwtService } from '@nestjs/jwt';
import { Clock, newObjectId } from '@course-chat/api/kernel';
import type { User } from '@course-chat/contracts';
import { AccessTokens } from './access-token';
import { ACCESS_TOKEN_TTL_SECONDS, type AuthOptions } from './auth-options';

const options = { jwtSecret: 'a secret of this spec', previousJwtSecret: null } as AuthOptions;
const user = { id: newObjectId().toHexString(), role: 'student' } as User;
const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' }) as Error;
const sessionId = newObjectId().toHexString();

describe(AccessTokens.name, () => {
  let jwt: JwtService;
  let tokens: AccessTokens;
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    jwt = new JwtService();
    tokens = new AccessTokens(jwt, new Clock(), options);
  });
  afterEach(() => jest.useRealTimers());

  it('reads a good token once, however often it is shown', () => {
    const read = jest.spyOn(jwt, 'verify');
    const { accessToken } = tokens.sign(user, sessionId);
    const admissions = [tokens.verify(accessToken), tokens.verify(accessToken)];
    expect(admissions[0]?.principal).toEqual({ userId: user.id, sessionId, role: 'student' });
    expect(admissions[1]).toEqual(admissions[0]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('refuses a token that was good and has ended', () => {
    const { accessToken } = tokens.sign(user, sessionId);
    tokens.verify(accessToken);
    jest.advanceTimersByTime(ACCESS_TOKEN_TTL_SECONDS * 1000 - 1000);
    expect(() => tokens.verify(accessToken)).not.toThrow();
    jest.advanceTimersByTime(1000);
    expect(() => tokens.verify(accessToken)).toThrow(refused);
  });

  it('refuses what only looks like a token that was good', () => {
    const { accessToken } = tokens.sign(user, sessionId);
    tokens.verify(accessToken);
    const [header = '', claims = '', signature = ''] = accessToken.split('.');
    const other = signature.startsWith('A') ? 'B' : 'A';
    expect(() => tokens.verify(`${header}.${claims}.${other}${signature.slice(1)}`)).toThrow(refused);
    expect(() => tokens.verify(`${header}.${claims}.`)).toThrow(refused);
    expect(() => tokens.verify(accessToken)).not.toThrow();
  });
});
