import {
  anchorOf,
  highestSeen,
  landedOn,
  nextRange,
  rangeAround,
  rowsToOpen,
  spaceAbove,
  tailRange,
  ROWS_MAX,
  type Placed,
} from './list-window';

/** Rows of 50 pixels, from one index on, `above` pixels down. */
function placedRows(first: number, count: number, above = first * 50, height = 50): Placed[] {
  return Array.from({ length: count }, (_, place) => {
    const top = above + place * height;
    return {
      key: `m${first + place}`,
      index: first + place,
      seq: first + place + 1,
      top,
      body: top,
      bottom: top + height,
    };
  });
}

describe(nextRange.name, () => {
  it('leaves the range alone with a screen to spare on both sides', () => {
    expect(nextRange(placedRows(100, 36), { top: 5600, height: 600 }, 1000, 50)).toBeNull();
  });

  it('grows towards the edge the view comes near', () => {
    expect(nextRange(placedRows(100, 36), { top: 5200, height: 600 }, 1000, 50)).toEqual({ start: 92, end: 136 });
  });

  it('lets go of what is more than two screens away', () => {
    const range = nextRange(placedRows(100, 60), { top: 7000, height: 600 }, 1000, 50);
    expect(range?.start).toBe(115);
  });

  it('never goes beyond the ends', () => {
    expect(nextRange(placedRows(0, 20), { top: 0, height: 600 }, 20, 50)).toBeNull();
    expect(nextRange(placedRows(2, 20), { top: 100, height: 600 }, 22, 50)).toEqual({ start: 0, end: 22 });
  });

  it.each([200, 640, 1080, 2160])('holds no more rows than allowed on a screen of %d pixels', (height) => {
    let placed = placedRows(50_000, 40, 1_000_000, 30);
    for (let step = 0; step < 200; step++) {
      const range = nextRange(placed, { top: 1_000_100 + step * 90, height }, 100_000, 30);
      if (range) placed = placedRows(range.start, range.end - range.start, 1_000_000 + (range.start - 50_000) * 30, 30);
      expect(placed.length).toBeLessThanOrEqual(Math.max(ROWS_MAX, Math.ceil(height / 30) + 10));
    }
  });

  it('keeps every row that is on screen even beyond the cap', () => {
    const range = nextRange(placedRows(0, 120, 0, 20), { top: 200, height: 2000 }, 500, 20);
    expect(range && range.start <= 10 && range.end >= 110).toBe(true);
  });
});

describe(landedOn.name, () => {
  const placed = placedRows(500, 40, 40_000);
  it('is nowhere while a row is on screen', () =>
    expect(landedOn(placed, { top: 39_500, height: 600 }, 1000, 80_000)).toBeNull());
  it('goes by proportion above and below', () => {
    expect(landedOn(placed, { top: 20_000, height: 600 }, 1000, 80_000)).toBe(250);
    expect(landedOn(placed, { top: 61_000, height: 600 }, 1000, 80_000)).toBe(770);
  });
});

describe(highestSeen.name, () => {
  const placed = placedRows(0, 40);
  it('is the last message whose end is on screen', () =>
    expect(highestSeen(placed, { top: 100, height: 320 })).toBe(8));
  it('forgives a pixel of rounding', () => expect(highestSeen(placed, { top: 0, height: 399.5 })).toBe(8));
  it('counts a message that fills the screen', () =>
    expect(highestSeen(placedRows(0, 2, 0, 4000), { top: 500, height: 600 })).toBe(1));
  it('counts nothing that is not stored', () => {
    expect(
      highestSeen(
        placed.map((row) => ({ ...row, seq: null })),
        { top: 0, height: 600 },
      ),
    ).toBe(0);
  });
});

it('anchors to the first row on screen that is still there', () => {
  const placed = placedRows(0, 20);
  expect(anchorOf(placed, { top: 120, height: 300 }, () => true)?.key).toBe('m2');
  expect(anchorOf(placed, { top: 120, height: 300 }, (key) => key !== 'm2')?.key).toBe('m3');
  expect(anchorOf(placed, { top: 120, height: 300 }, () => false)).toBeNull();
});

it('leaves no space before the first message, and takes an implausible space anew', () => {
  expect(spaceAbove(0, 300, 60)).toBe(0);
  expect(spaceAbove(100, 5_000, 60)).toBe(5_000);
  expect(spaceAbove(100, 10, 60)).toBe(6_000);
});

it('opens with about as many rows as a screen shows', () => {
  expect(rowsToOpen(760) * 60).toBeGreaterThan(760);
  expect(rowsToOpen(760)).toBeLessThan(20);
  expect(rowsToOpen(4_000)).toBe(40);
});

it('cuts ranges at the ends', () => {
  expect(tailRange(10)).toEqual({ start: 0, end: 10 });
  expect(rangeAround(0, 1000)).toEqual({ start: 0, end: 40 });
  expect(rangeAround(999, 1000)).toEqual({ start: 960, end: 1000 });
  expect(rangeAround(500, 1000)).toEqual({ start: 487, end: 527 });
});
