import { safeReturnUrl, startOf } from './return-url';

describe(safeReturnUrl.name, () => {
  it.each(['/chats/65f1a2b3c4d5e6f708090a01?seq=7', '/tutor', '/courses?view=mine#top', '/courses/a%20b'])(
    'keeps the local path %s',
    (url) => {
      expect(safeReturnUrl(url)).toBe(url);
    },
  );

  it.each([
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    'courses',
    ' /courses',
    '',
    null,
    undefined,
  ])('refuses %j, which could leave this site', (url) => {
    expect(safeReturnUrl(url)).toBeNull();
  });

  it.each(['/', '/login', '/login?returnUrl=%2Fchats', '/register', '/x/../login'])(
    'refuses %s, which leads back to the login',
    (url) => {
      expect(safeReturnUrl(url)).toBeNull();
    },
  );
});

describe(startOf.name, () => {
  it('leads tutors to their area and everybody else to the courses', () => {
    expect([startOf('tutor'), startOf('student'), startOf('admin')]).toEqual(['/tutor', '/courses', '/courses']);
  });
});
