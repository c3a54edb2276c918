import type { DemoTalk } from './demo-talks';

const SUBJECTS = [
  ...['the bakery at six', 'my bicycle in the rain', 'two chairs', 'the tram from above', 'a neighbour’s cat'],
  ...[
    'the harbour crane',
    'my grandmother’s hands',
    'a queue at the bus',
    'the stairwell',
    'oranges',
    'a closed cinema',
  ],
];
const LIGHTS = [
  'window light',
  'street lamps',
  'flat grey sky',
  'hard noon sun',
  'the last ten minutes',
  'backlight',
  'neon',
];
const APERTURES = ['f/1.8', 'f/2.8', 'f/4', 'f/5.6', 'f/8', 'f/11'];
const SPEEDS = ['1/30', '1/60', '1/125', '1/250', '1/500'];
const VERDICTS = [
  ...['The light is right this time.', 'I would crop a third from the left.', 'Your best of the week.'],
  ...[
    'Lower, next time: put the camera on your knee.',
    'The edge on the right pulls me out.',
    'Quiet, and I like that.',
  ],
  ...[
    'The sky is burnt. Expose for it and lift the rest later.',
    'Sharp where it matters.',
    'One step closer would do it.',
  ],
];
const TASKS = [
  ...['Tomorrow: the same, but only shadows.', 'Tomorrow: no people.', 'Tomorrow: people, and ask them first.'],
  ...[
    'Tomorrow: one colour.',
    'Tomorrow: hold the camera still for two seconds.',
    'Tomorrow: nothing above knee height.',
  ],
  ...['Tomorrow: the same place an hour later.', 'Tomorrow: three pictures, then pick one.'],
];
const THANKS = [
  'Will do!',
  'Hm, fair.',
  'I saw it too, afterwards',
  'Thank you!',
  'On it',
  '🙏',
  'That is harder than it sounds',
];

/** A picture a day and what the tutor says of it: a chat that grew for years. No two days read the same. */
export function photoProject(days: number): DemoTalk[] {
  return Array.from({ length: days }, (_, index): DemoTalk => {
    const day = index + 1;
    // Steps that share no factor with the lengths walk through all combinations before one comes again.
    const pick = (from: readonly string[], step: number) => from[(index * step + Math.floor(index / 7)) % from.length];
    const settings = `${pick(APERTURES, 5)}, ${pick(SPEEDS, 3)} s, ISO ${100 * 2 ** (index % 5)}`;
    return [
      { by: 'student', text: `Day ${day}: ${pick(SUBJECTS, 3)}, ${pick(LIGHTS, 2)}. ${settings}` },
      { by: 'tutor', text: `${pick(VERDICTS, 4)} ${pick(TASKS, 3)}` },
      ...(index % 3 === 0 ? [{ by: 'student', text: pick(THANKS, 2) ?? '' } as const] : []),
    ];
  });
}
