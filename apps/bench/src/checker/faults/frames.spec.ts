import { FrameCutter } from './frames';

const head = Buffer.from('GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n');

function frame(text: string, mask: Buffer | null): Buffer {
  const payload = Buffer.from(text);
  const flag = mask ? 0x80 : 0;
  const length =
    payload.length < 126
      ? Buffer.from([flag | payload.length])
      : Buffer.from([flag | 126, payload.length >> 8, payload.length & 0xff]);
  const masked = mask ? Buffer.from(payload.map((byte, index) => byte ^ mask[index % 4]!)) : payload;
  return Buffer.concat([Buffer.from([0x81]), length, mask ?? Buffer.alloc(0), masked]);
}

describe(FrameCutter, () => {
  it.each([1, 7, 10_000])('finds every frame of a stream that comes %i bytes at a time', (size) => {
    const texts = ['2probe', '42["send_message",{}]', `42${'x'.repeat(300)}`];
    const stream = Buffer.concat([head, ...texts.map((text) => frame(text, Buffer.from([1, 2, 3, 4])))]);
    const cutter = new FrameCutter();
    const found = [];
    for (let at = 0; at < stream.length; at += size) found.push(...cutter.push(stream.subarray(at, at + size)));
    expect(found.map(({ text }) => text)).toEqual(['', ...texts]);
    expect(Buffer.concat(found.map(({ bytes }) => bytes))).toEqual(stream);
  });

  it('reads unmasked frames of the server', () => {
    expect(new FrameCutter().push(Buffer.concat([head, frame('43[1]', null)])).map(({ text }) => text)).toEqual([
      '',
      '43[1]',
    ]);
  });
});
