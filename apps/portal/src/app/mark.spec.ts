import { readFileSync } from 'node:fs';
import { join } from 'node:path';

it('index.html has the mark of favicon.svg in itself, twice: neither the first painting nor the tab waits for a file', () => {
  const file = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8').trim();
  const page = new DOMParser().parseFromString(file('src/index.html'), 'text/html');
  const paths = (mark: string) => mark.match(/ d='[^']+'/g);
  const mark = paths(file('public/favicon.svg').replaceAll('"', "'"));
  expect(mark).toHaveLength(2);
  const icon = page.querySelector('link[rel=icon]')?.getAttribute('href') ?? '';
  expect(paths(decodeURIComponent(icon))).toEqual(mark);
  expect(paths(page.querySelector('#boot svg')?.outerHTML.replaceAll('"', "'") ?? '')).toEqual(mark);
});
