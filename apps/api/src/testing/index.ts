export { TestIssuer } from './test-issuer';
export { TestRedis } from './test-redis';
export {
  chatsOf,
  claimsOf,
  cookieOf,
  JWT_SECRET,
  PASSWORD,
  sessionOf,
  TestServer,
  WEBHOOK_SECRET,
  type RestAnswer,
  type TestPair,
  type TestUser,
} from './test-server';
export { eventually, TestSocket, type HeardEvent, type RawSocket } from './test-socket';
