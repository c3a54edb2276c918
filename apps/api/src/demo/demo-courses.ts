/** A course of the demo's shop. */
export interface DemoCourse {
  readonly title: string;
  readonly summary: string;
  readonly priceCents: number;
  /** Indexes into the demo's tutors. */
  readonly tutors: readonly number[];
}

export const demoCourses: readonly DemoCourse[] = [
  {
    title: 'Angular from the ground up',
    summary:
      'Signals, components, forms and routing, built up from a blank page. 42 short lessons lead to one application that you can show: a reading list that works offline. Every lesson ends with an exercise, and Ana reads what you send her. For people who know some JavaScript and want to know why, not only how.',
    priceCents: 4900,
    tutors: [0],
  },
  {
    title: 'Data structures in TypeScript',
    summary:
      'Lists, heaps, tries and graphs, each built twice: once so that it works, once so that it is fast. 30 lessons, 60 exercises with tests to run against, and a tutor who tells you where the time goes. You leave with a library of your own and the habit of measuring before guessing.',
    priceCents: 3900,
    tutors: [1],
  },
  {
    title: 'Statistics you will use',
    summary:
      'From a mean that misleads to an experiment you can defend, with data from real shops and clinics. 24 lessons without a proof in sight, a notebook for each, and a final report that Mira reviews line by line. No mathematics beyond school is needed, only curiosity and a spreadsheet.',
    priceCents: 5900,
    tutors: [2],
  },
  {
    title: 'Photography basics',
    summary:
      'Light, lens and patience. Ten walks with a camera, from the kitchen window to a city at night, and a tutor who looks at what you bring home. Any camera with a manual mode will do, also the one in your phone. Take it slowly: most people do one walk a week.',
    priceCents: 2900,
    tutors: [3],
  },
  {
    title: 'Forms that people finish',
    summary:
      'Why people give up at field seven, and how to ask so that they do not. 18 lessons of research, writing and code: labels, errors, long questionnaires, keyboards and screen readers. You rebuild one form of your own on the way, with Ana on the code and Mira on the numbers.',
    priceCents: 3400,
    tutors: [0, 2],
  },
  {
    title: 'مقدمة في قواعد البيانات',
    summary:
      'جداول وفهارس واستعلامات من البداية، في ٢٠ درسًا قصيرًا مع تمرين بعد كل درس. ستبني قاعدة بيانات لمكتبة صغيرة، وتتعلم كيف تقرأ خطة الاستعلام وكيف تجعلها أسرع. لا تحتاج إلى خبرة سابقة، والمدرّس يجيب عن أسئلتك بالعربية أو الإنجليزية.',
    priceCents: 4400,
    tutors: [1, 3],
  },
];
