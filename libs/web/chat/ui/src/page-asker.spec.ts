import { PageAsker } from './page-asker';

describe(PageAsker.name, () => {
  const loaded = {
    firstKey: 'a',
    lastKey: 'z',
    hasOlder: true,
    loadingOlder: false,
    hasNewer: true,
    loadingNewer: false,
  };
  const near = { top: 800, height: 600 };

  it('asks one and a half screens ahead, on either side', () => {
    expect(new PageAsker().ask(loaded, { top: 901, height: 600 }, 901)).toEqual({ older: false, newer: false });
    expect(new PageAsker().ask(loaded, near, 800)).toEqual({ older: true, newer: true });
  });

  it('asks once a page', () => {
    const asker = new PageAsker();
    asker.ask(loaded, near, 5000);
    expect(asker.ask(loaded, near, 5000).older).toBe(false);
    expect(asker.ask({ ...loaded, firstKey: '0' }, near, 5000).older).toBe(true);
  });

  it('asks again after a load that came to nothing', () => {
    const asker = new PageAsker();
    asker.ask(loaded, near, 5000);
    expect(asker.ask({ ...loaded, loadingOlder: true }, near, 5000).older).toBe(false);
    expect(asker.ask(loaded, near, 5000).older).toBe(true);
  });

  it('asks for nothing there is not', () => {
    expect(new PageAsker().ask({ ...loaded, hasOlder: false, hasNewer: false }, near, 0)).toEqual({
      older: false,
      newer: false,
    });
  });
});
