import type { Request, Response } from 'express';
import { unnamedProxy } from './unnamed-proxy';

describe(unnamedProxy.name, () => {
  const pass = (handler: ReturnType<typeof unnamedProxy>, headers: Record<string, string>) => {
    const next = jest.fn();
    handler({ headers } as unknown as Request, {} as Response, next);
    expect(next).toHaveBeenCalledWith();
  };

  it('says once that callers come through a proxy that nobody named', () => {
    const warn = jest.fn();
    const handler = unnamedProxy({ warn });
    pass(handler, {});
    expect(warn).not.toHaveBeenCalled();
    pass(handler, { 'x-forwarded-for': '203.0.113.7' });
    pass(handler, { 'x-forwarded-for': '203.0.113.8' });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('TRUST_PROXY'));
  });

  it('repeats nothing of what the caller wrote', () => {
    const warn = jest.fn();
    pass(unnamedProxy({ warn }), { 'x-forwarded-for': 'forged\nline' });
    expect(JSON.stringify(warn.mock.calls)).not.toContain('forged');
  });
});
