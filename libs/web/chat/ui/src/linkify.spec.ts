import { linkify } from './linkify';

const links = (text: string) => linkify(text).flatMap((part) => (part.href === null ? [] : [part.text]));

describe(linkify.name, () => {
  it.each([
    ['see https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/a_(b))', ['https://a.example/a_(b)']],
    ['HTTP://A.example and http://b.example?q=1!', ['HTTP://A.example', 'http://b.example?q=1']],
    ['https://a.example/é漢,', ['https://a.example/é漢']],
    ['-https://a.example', ['https://a.example']],
    ['on www.a.example/x, WWW.b.example', ['www.a.example/x', 'WWW.b.example']],
    ['https://www.a.example', ['https://www.a.example']],
  ])('finds the links of %j', (text, found) => expect(links(text)).toEqual(found));

  it.each([
    'javascript:alert(1)',
    'ftp://a.example',
    'data:text/html,https',
    'xhttps://a.example',
    'https://',
    'https://bank.example@evil.example',
    'http and https://<b>',
    'www.a',
    'www..example',
    'awww.a.example',
    'lena@www.a.example',
    'x.www.a.example',
  ])('leaves %j text', (text) => expect(links(text)).toEqual([]));

  it('leads to the safe side of what is written without a scheme', () => {
    expect(linkify('www.a.example')).toEqual([{ text: 'www.a.example', href: 'https://www.a.example/' }]);
  });

  it('loses not one character', () => {
    const text = 'İ https://a.example/x). b <script> https://b.example\n\nhttp://';
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it('ends an address at a character that turns the direction of writing', () => {
    expect(links('https://a.example/\u202egpj.exe')).toEqual(['https://a.example/']);
  });

  it.each([
    'http'.repeat(4_000),
    'http://'.repeat(2_300),
    'www.a '.repeat(2_600),
    'www.a.'.repeat(2_600),
    'https://a' + ')'.repeat(16_000),
    'https://a.b/' + '('.repeat(16_000),
  ])('is quick with hostile text', (text) => {
    // Time of the processor: what else the machine does is not counted.
    const started = process.cpuUsage();
    linkify(text);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(250);
  });
});
