/** A course of the demo and what students and its tutor say about it: pairs of question and answer. */
export interface DemoCourse {
  readonly title: string;
  readonly summary: string;
  readonly priceCents: number;
  /** Indexes into the demo's tutors. */
  readonly tutors: readonly number[];
  readonly talk: readonly (readonly [question: string, answer: string])[];
}

export const demoCourses: readonly DemoCourse[] = [
  {
    title: 'Angular from the ground up',
    summary:
      'Signals, components, forms and routing, built up from a blank page. Each lesson ends with a small exercise that your tutor reads.',
    priceCents: 4900,
    tutors: [0],
    talk: [
      [
        'Hi Ana, in lesson 12 you use a signal inside an effect. Why does mine loop forever?',
        'Because writing it schedules the effect again. Derive it with computed() instead: it has no side effect, so nothing loops.',
      ],
      [
        'It works, and it is half the code. Thank you! One more: does the same hold for inputs?',
        'Yes. An input is a signal too, so a computed may read it. Just never set state of your own from an effect on it.',
      ],
      [
        'My form keeps its old value when I navigate back. Is that the router or me?',
        'That is the router reusing the component. Key the form on the route parameter, and reset it when the parameter changes.',
      ],
      [
        'When would you still reach for RxJS?',
        'For things that happen over time: a search box, a socket, a retry. For values that simply are, a signal reads better.',
      ],
    ],
  },
  {
    title: 'Data structures in TypeScript',
    summary: 'Lists, heaps, tries and graphs, each built twice: once so that it works, once so that it is fast.',
    priceCents: 3900,
    tutors: [1],
    talk: [
      [
        'Why does the heap lesson start with an array?',
        'Because a heap is one. The children of i are at 2i + 1 and 2i + 2, so there are no pointers to chase.',
      ],
      [
        'My heap pops in the wrong order after a few thousand inserts.',
        'Compare with <= when you sift down, not <. Equal keys may swap, and then the next parent is wrong. Send me the function if that is not it.',
      ],
      [
        'That was it. How would I make it stable?',
        'Store a counter beside each key and compare it when the keys are equal.',
      ],
    ],
  },
  {
    title: 'Statistics you will use',
    summary: 'From a mean that misleads to an experiment you can defend, with data from real shops and clinics.',
    priceCents: 5900,
    tutors: [2],
    talk: [
      [
        'Is the p-value here the chance that the null hypothesis is true?',
        'No, and that is the most common mistake there is. It is the chance of data like this if the null hypothesis were true.',
      ],
      [
        'So what would I tell my boss?',
        'Give the interval: "the new page sells between 1 and 4 % more". People can act on that.',
      ],
      [
        'And if the interval contains zero?',
        'Then say that you do not know yet, and how many more visitors it would take to know.',
      ],
    ],
  },
  {
    title: 'Photography basics',
    summary: 'Light, lens and patience. Ten walks with a camera, and a tutor who looks at what you bring home.',
    priceCents: 2900,
    tutors: [3],
    talk: [
      [
        'My indoor pictures are all orange. What am I doing wrong?',
        'Nothing: the lamp is orange. Set the white balance to tungsten, or shoot raw and set it later.',
      ],
      [
        'And the blur? I was at 1/30.',
        'Hands shake at about one over the focal length. At 50 mm you want 1/60 or faster. Open the aperture, then raise the ISO.',
      ],
      ['Thank you, that helped a lot', 'Bring me three from your kitchen next week!'],
    ],
  },
  {
    title: 'Forms that people finish',
    summary: 'Why people give up at field seven, and how to ask so that they do not. Research, writing and code.',
    priceCents: 3400,
    tutors: [0, 2],
    talk: [
      [
        'My validator runs twice, is that expected?',
        'If it is on the control and on the group, yes. Keep it where the rule lives: one field, one control.',
      ],
      [
        'Should I validate on every key?',
        'Wait until they leave the field the first time. After an error, check on every key, so that it goes away as soon as it is mended.',
      ],
    ],
  },
  {
    title: 'مقدمة في قواعد البيانات',
    summary: 'جداول وفهارس واستعلامات من البداية، مع تمارين قصيرة بعد كل درس.',
    priceCents: 4400,
    tutors: [1, 3],
    talk: [
      ['متى أحتاج إلى فهرس مركب؟', 'عندما تبحث عن قيمتين معًا في أغلب الأحيان. ابدأ بالحقل الذي يضيّق النتائج أكثر.'],
      ['وهل يبطئ الكتابة؟', 'قليلًا: كل كتابة تحدّث الفهرس أيضًا. لذلك لا تضف فهرسًا بلا استعلام.'],
    ],
  },
];
