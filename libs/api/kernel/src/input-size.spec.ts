import { addressKey } from './caller-address';
import { isModest } from './input-size';
import { assertModest } from './validated-input';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const wide = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, index]));

describe(isModest.name, () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text of 64 KB', 'x'.repeat(64 * 1024)],
    ['bytes', Buffer.alloc(64 * 1024)],
    ['a sync of 50 chats', { cursor: null, chats: Array(50).fill({ chatId: 'f'.repeat(24), seq: 1, rev: 0 }) }],
    ['1,000 values', wide(1_000)],
    ['16 levels', nested(16)],
  ])('takes %s', (_, input) => expect(isModest(input)).toBe(true));

  it.each([
    ['1,001 values', wide(1_001)],
    ['1,001 values below', { a: [wide(600), wide(500)] }],
    ['a list of 100,000', Array(100_000).fill(0)],
    ['18 levels', nested(18)],
    ['10,000 levels', nested(10_000)],
    ['__proto__ as a key of its own', JSON.parse('{"__proto__":{"a":1}}')],
    ['constructor.prototype', { constructor: { prototype: {} } }],
    ['__proto__ deep inside', JSON.parse('{"a":[{"__proto__":1}]}')],
  ])('refuses %s', (_, input) => {
    expect(isModest(input)).toBe(false);
    expect(() => assertModest(input)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});

describe(addressKey.name, () => {
  it.each([
    [undefined, 'unknown'],
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (address, key) => expect(addressKey(address)).toBe(key));

  it('counts a network as one caller', () => {
    expect(addressKey('2001:db8:1:2:a::')).toBe(addressKey('2001:db8:1:2:ffff:ffff:ffff:ffff'));
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  });
});
