import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AVATAR_COLORS, avatarColor, initials } from './avatar-look';
import { findPeople } from './person-search';

function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function tokens(css: string): Record<string, string> {
  return Object.fromEntries(
    [...css.matchAll(/--chat-([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

describe('tokens', () => {
  const [light = '', preferred = '', chosen = ''] = readFileSync(join(__dirname, 'styles/tokens.css'), 'utf8').split(
    /@media|\/\* The same values/,
  );
  const themes = { light: tokens(light), dark: { ...tokens(light), ...tokens(chosen) } };
  const pairs = [
    ...['surface', 'canvas', 'raised', 'peer', 'brand-soft', 'accent-soft'].map((ground) => ['text', ground]),
    ...['surface', 'canvas', 'peer', 'brand-soft'].map((ground) => ['muted', ground]),
    ...['surface', 'canvas', 'brand-soft'].flatMap((ground) =>
      ['brand', 'accent', 'online'].map((ink) => [ink, ground]),
    ),
    ...['surface', 'canvas', 'own'].map((ground) => ['danger', ground]),
    ...['peer', 'own'].map((ground) => ['read', ground]),
    ['on-brand', 'brand'],
    ['accent', 'accent-soft'],
    ['own-text', 'own'],
  ] as [string, string][];

  it.each(Object.entries(themes))('carry every text at 4.5:1 in %s', (_, theme) => {
    const poor = pairs.filter(([ink, ground]) => !(contrast(theme[ink] ?? '', theme[ground] ?? '') >= 4.5));
    expect(poor).toEqual([]);
  });

  it('are the same whether dark is preferred or chosen', () => expect(tokens(preferred)).toEqual(tokens(chosen)));
});

describe('avatars', () => {
  it.each(AVATAR_COLORS)('%s carries white letters', (color) =>
    expect(contrast(color, '#fff')).toBeGreaterThanOrEqual(4.5),
  );
  it('give a name one colour', () => expect(avatarColor('Ana Ruiz')).toBe(avatarColor('Ana Ruiz')));
  it.each([
    ['Ana Ruiz', 'AR'],
    ['ana maría de la cruz', 'AC'],
    ['Björk', 'B'],
    ['  ', ''],
    ['𝒜da 😀 Lovelace', '𝒜L'],
  ])('abbreviate %j to %j', (name, letters) => expect(initials(name)).toBe(letters));
});

it('finds people by every word, in name or course, without case and accents', () => {
  const person = {
    id: '1',
    name: 'Tomás Okafor',
    avatarUrl: null,
    online: false,
    courseId: 'k',
    courseTitle: 'Data structures',
    chatId: null,
  };
  const found = (query: string) => findPeople([person], query).length;
  expect(['tomas', 'OKA data', 'structures tomás', ''].map(found)).toEqual([1, 1, 1, 1]);
  expect(['tim', 'tomas physics'].map(found)).toEqual([0, 0]);
});
