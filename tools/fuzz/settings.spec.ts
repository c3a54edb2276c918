import { settingsOf } from './settings.mjs';

describe(settingsOf.name, () => {
  it('gives the fuzzer ids that exist, where there are any, and a login to come back with', () => {
    const settings = settingsOf({ email: 'student1@example.com', ids: { chatId: ['f'.repeat(24)], courseId: [] } });
    expect(settings).toContain(`[dictionaries.chatId]\nvalues = ["${'f'.repeat(24)}"]`);
    expect(settings).toContain('"path.chatId" = { dictionary = "chatId"');
    expect(settings).not.toContain('courseId"');
    expect(settings).toContain('email = "student1@example.com"');
    // It knows the password: what would lock it out is left to specs.
    expect(settings).toMatch(/include-operation-id = \['auth.changePassword', 'account.erase'\]\nenabled = false/);
  });

  it('makes nobody nobody: no login, and none that the fuzzer makes for itself', () => {
    const settings = settingsOf({ email: null, ids: {} });
    expect(settings).toContain('[auth]\nauto-signup = false');
    expect(settings).not.toContain('[auth.dynamic');
  });

  it('holds what is written for everybody who runs the fuzzer', () => {
    expect(settingsOf({ email: null, ids: {} })).toContain('checks.positive_data_acceptance.expected-statuses');
  });
});
