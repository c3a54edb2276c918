import { SeenSoFar } from './seen-so-far';

describe(SeenSoFar.name, () => {
  it('says once how far has been read, and never less', () => {
    const seen = new SeenSoFar();
    expect([3, 3, 2, 5].map((seq) => seen.reach(seq, true))).toEqual([3, null, null, 5]);
  });

  it('says what was on screen while nobody looked when somebody looks', () => {
    const seen = new SeenSoFar();
    expect([seen.reach(4, false), seen.shownSeq(), seen.reach(4, true)]).toEqual([null, 4, 4]);
  });

  it('counts from where a chat opens, which says nothing of what has been read', () => {
    const seen = new SeenSoFar();
    seen.openAt(7);
    expect([seen.shownSeq(), seen.reach(2, true), seen.shownSeq()]).toEqual([7, 2, 7]);
  });

  it('starts over', () => {
    const seen = new SeenSoFar();
    seen.reach(9, true);
    seen.startOver();
    expect([seen.shownSeq(), seen.reach(1, true)]).toEqual([0, 1]);
  });
});
