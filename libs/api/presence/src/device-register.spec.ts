import { DeviceRegister } from './device-register';

describe(DeviceRegister.name, () => {
  it('turns the light off with the last one out, for each user', () => {
    const register = new DeviceRegister();
    for (const userId of ['ana', 'ana', 'ben']) register.add(userId);
    expect([...register.userIds()]).toEqual(['ana', 'ben']);
    expect(register.remove('ana')).toBe(false);
    expect(register.has('ana')).toBe(true);
    expect(register.remove('ana')).toBe(true);
    expect(register.has('ana')).toBe(false);
    expect(register.has('ben')).toBe(true);
  });

  it('is not the last one out who was never in', () => {
    const register = new DeviceRegister();
    expect(register.remove('ana')).toBe(false);
    expect([...register.userIds()]).toEqual([]);
  });
});
