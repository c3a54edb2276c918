import type { Device } from './device/device';
import type { DeviceAtEnd, Truth } from './history';
import { CHAT, goodStory, spoilCopy, type Story } from './laws/story';
import { untilQuiet } from './quiet';
import type { TruthReader } from './truth';

const WITHIN_MS = 400;

/** What every device of a story shows, and the log as it is read, as the waiting sees them. */
function sceneryOf(story: Story, isSettled = true) {
  const truth: Truth = { chats: [story.chat], messages: new Map([[CHAT, story.log]]), before: new Set() };
  const devices = story.devices.map((end, index) => ({
    ...{ id: end.id, isOn: true, isSettled, why: 'syncing', outbox: { size: 0 } },
    atEnd: (): DeviceAtEnd => story.devices[index] ?? end,
  }));
  const reader = { read: async () => truth };
  return {
    truth,
    devices: devices as unknown as Device[],
    reader: reader as unknown as TruthReader,
    before: new Set<string>(),
    history: story.history,
  };
}

describe(untilQuiet, () => {
  const namesIn = (story: Story) => new Set(story.history.violations.map(({ name }) => name));

  it('answers what is stored once every device shows it', async () => {
    const story = goodStory();
    const scenery = sceneryOf(story);
    expect(await untilQuiet(scenery, { withTotals: true })).toBe(scenery.truth);
    expect(namesIn(story)).toEqual(new Set());
  });

  it('waits for a device that comes to show it', async () => {
    const story = goodStory();
    const [phone] = story.devices;
    spoilCopy(story, (copy) => ({ messages: copy.messages.slice(0, 3) }));
    setTimeout(() => (story.devices[0] = phone ?? story.devices[0]!), 200);
    expect(await untilQuiet(sceneryOf(story), { withTotals: true, withinMs: 30_000 })).not.toBeNull();
    expect(namesIn(story)).toEqual(new Set());
  });

  it('finds a device that never comes to show it, and says what it lacks', async () => {
    const story = goodStory();
    spoilCopy(story, (copy) => ({ messages: copy.messages.slice(0, 3) }));
    expect(await untilQuiet(sceneryOf(story), { withTotals: true, withinMs: WITHIN_MS })).toBeNull();
    expect(namesIn(story)).toEqual(new Set(['not_converged', 'missing_on_device']));
  });

  it('finds a device that is never done', async () => {
    const story = goodStory();
    expect(await untilQuiet(sceneryOf(story, false), { withTotals: true, withinMs: WITHIN_MS })).toBeNull();
    expect(namesIn(story)).toEqual(new Set(['not_converged']));
  });
});
