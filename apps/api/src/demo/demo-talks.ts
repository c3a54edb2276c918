/** One message of a talk: who writes it, and what became of it later. */
export interface DemoLine {
  readonly by: 'student' | 'tutor';
  readonly text: string;
  readonly fate?: 'edited' | 'deleted';
}

/** A question and what came of it, within an hour or two. */
export type DemoTalk = readonly DemoLine[];

const s = (text: string, fate?: DemoLine['fate']): DemoLine => ({ by: 'student', text, fate });
const t = (text: string, fate?: DemoLine['fate']): DemoLine => ({ by: 'tutor', text, fate });

const angular: readonly DemoTalk[] = [
  [
    s('Hello! I just started. Do I need to know RxJS before lesson 5?'),
    t('Welcome! No, we meet it in lesson 30, when you will have a use for it.'),
    t('Until then signals carry you all the way.'),
    s('Good to hear, thank you'),
  ],
  [
    s('My form keeps its old value when I navigate back. Is that the router or me?'),
    s('I go from /books/12 to /books/13 and the title stays.'),
    t('That is the router: it reuses the component, since the route is the same.', 'edited'),
    t('Key the form on the route parameter, and reset it when the parameter changes.'),
    s('Ah. So the component lives on and only its inputs change?'),
    t('Exactly. https://angular.dev/guide/routing says more, but you have got the point.'),
  ],
  [
    s('When would you still reach for RxJS?'),
    t('For things that happen over time: a search box, a socket, a retry.'),
    t('For values that simply are, a signal reads better.'),
    s('wait, I sent the wrong file', 'deleted'),
    s('And a search box with signals only? I tried, and it asks the server on every key.'),
    t('That is the one place in this course for debounceTime. Lesson 31, and it is three lines.'),
  ],
  [
    s('Is it normal that my tests pass one by one and fail together?'),
    t('Normal, no; common, yes. Something outlives its test. A timer, or a service provided in root that remembers.'),
    s(
      'Here is the list of what I provide in root:\n\n- BookStore\n- SearchHistory\n- Clock\n- NotificationQueue\n\nI would have said that none of them remembers anything, but SearchHistory has an array in it, now that I write this down…',
    ),
    t('You answered it yourself. Writing it down is half of every bug.'),
    s('I will write to you more often, then. And send it less often.'),
  ],
  [
    s('Hi Ana, in lesson 12 you use a signal inside an effect. Why does mine loop forever?'),
    s('I set it in the same effect that reads it.'),
    t(
      'Because writing it schedules the effect again. Derive it with computed() instead: it has no side effect, so nothing loops.',
    ),
    t('Here is the old version', 'deleted'),
    t('Did it work? Send me the component if not.'),
    s('It works, and it is half the code. Thank you!'),
    s('One more: does the same hold for inputs?'),
    t(
      'Yes. An input is a signal too, so a computed may read it. Just never set state of your own from an effect on it.',
    ),
  ],
];

const angularInSpanish: readonly DemoTalk[] = [
  [
    s('Hola Ana, ¿puedo escribirte en español?'),
    t('¡Claro que sí! Con mucho gusto.'),
    s('¡Genial! Tengo una duda con la lección 8: ¿cuándo uso un servicio y cuándo un componente?'),
    t('Un componente muestra; un servicio sabe. Si dos pantallas necesitan lo mismo, va en un servicio.'),
    t('Y si dudas, empieza por el componente. Sacarlo después es fácil.', 'edited'),
  ],
  [
    s('Otra cosa: ¿por qué mi lista se vuelve a dibujar entera cuando añado un libro?'),
    t('¿Qué has puesto en track?'),
    s('El índice'),
    t('Ahí está. Usa el id: el índice cambia para todos los que vienen detrás.'),
    s('Muchísimas gracias. ¿Y si dos libros tienen el mismo id porque vienen de dos tiendas?'),
    t('Entonces junta los dos: tienda e id. Lo importante es que sea único y que no cambie.'),
  ],
];

const dataStructures: readonly DemoTalk[] = [
  [
    s('Why does the heap lesson start with an array?'),
    t('Because a heap is one. The children of i are at 2i + 1 and 2i + 2, so there are no pointers to chase.'),
    s('That is the nicest thing I learned this week'),
    t('Wait for tries.'),
  ],
  [
    s('How fast is fast enough? My sort takes 80 ms for 100,000 numbers.'),
    t('Compare it with the built-in one on your machine. Within three times is a good hand-written sort.'),
    s('Built-in: 31 ms. So 2.6 times.'),
    t('Then you are done with that lesson, and the rest is cache misses. Lesson 19 draws them.'),
  ],
  [
    s('Do I have to balance the tree by hand?'),
    t('Once in your life, yes. Take a red-black tree and a rainy afternoon.'),
    s('It rains.'),
    t('Then off you go. Draw every rotation on paper first, and write the test before the code.', 'edited'),
    s('4 hours, 212 lines, and all 60 tests pass 🎉'),
    t('Congratulations! Keep the paper. It is the documentation.'),
  ],
  [
    s('My heap pops in the wrong order after a few thousand inserts.'),
    s('I sift down like in the lesson, I think.'),
    t('Compare with <= when you sift down, not <. Equal keys may swap, and then the next parent is wrong.'),
    t('Send me the function if that is not it.'),
    s('That was it. How would I make it stable?'),
    t('Store a counter beside each key and compare it when the keys are equal.'),
    t('A heap keeps the smallest on top and promises nothing else.'),
  ],
];

const statistics: readonly DemoTalk[] = [
  [
    s('Is the average order value a good number to report every week?'),
    t(
      'Only beside the median. One customer who buys for the whole office moves the mean and says nothing about the others.',
    ),
    s('The median is 31 and the mean is 58. I see what you mean. (Pun found afterwards.)'),
    t('Pun accepted.'),
  ],
  [
    s('How many visitors do I need for the test in lesson 9?'),
    t('Tell me the rate you have now and the smallest change you would act on.'),
    s('2.1 %, and I would act on 2.5 %'),
    t('About 21,000 on each side, for 80 % power. Two weeks for your shop.', 'edited'),
    s('Two weeks! My boss wants to know on Friday.'),
    t('Then tell him on Friday that you will know in two weeks. Peeking early is how one fools oneself.'),
  ],
  [
    s('Which chart for shares that change over time?'),
    t('Lines, one a share. Stacked areas look pretty, and nobody can read the one in the middle.'),
    s('Even for the yearly report?'),
    t('Especially there. Pretty comes second.'),
  ],
  [
    s('Is the p-value here the chance that the null hypothesis is true?'),
    t(
      'No, and that is the most common mistake there is. It is the chance of data like this if the null hypothesis were true.',
    ),
    s('So what would I tell my boss?'),
    t('Give the interval: "the new page sells between 1 and 4 % more". People can act on that.'),
    s('And if the interval contains zero?'),
    t('Then say that you do not know yet, and how many more visitors it would take to know.'),
  ],
];

const photography: readonly DemoTalk[] = [
  [
    s('Do I need a tripod for walk 7?'),
    t('A wall, a bin or a friend will do. Ask the friend first.'),
    s('😂 I took the wall'),
  ],
  [
    s('My pictures of the market are all busy. Where does one begin?'),
    t('With one thing. Stand in front of the oranges until there is nothing else in the frame.'),
    t('Then take one step back, and only one.'),
    s('I stood there for twenty minutes. The seller gave me an orange.'),
    t('That is how it starts. Send me the picture of the orange.'),
  ],
  [
    s(
      'I uploaded mine: https://photos.example.com/albums/harbour-at-dusk-second-try-long-exposure-2026?sort=taken&view=full',
    ),
    t('Number 6 is the one. The mast cuts the sky where your eye wants to rest.'),
    t('Number 2 would be better without the bin.'),
    s('The bin was my tripod'),
    t('Then it stays, with honours.', 'edited'),
  ],
  [
    s('My indoor pictures are all orange. What am I doing wrong?'),
    t('Nothing: the lamp is orange. Set the white balance to tungsten, or shoot raw and set it later.'),
    s('And the blur? I was at 1/30.'),
    t(
      'Hands shake at about one over the focal length. At 50 mm you want 1/60 or faster. Open the aperture, then raise the ISO.',
    ),
    s('Thank you, that helped a lot'),
    t('Bring me three from your kitchen next week!'),
  ],
];

const forms: readonly DemoTalk[] = [
  [
    s('Placeholder instead of a label: is it really that bad?'),
    t(
      'It goes away as soon as one needs it. Watch somebody fill in your form after a phone call: they delete what they wrote to see what was asked.',
    ),
    s('Convinced after one user. Labels are back.'),
  ],
  [
    s('Where do I put the error, above or below the field?'),
    t(
      'Where you like, as long as it is next to the field, says how to mend it, and the field points at it with aria-describedby.',
    ),
    s('And a summary on top as well?'),
    t('For more than a screenful of fields, yes, with links. And move the focus there.', 'edited'),
  ],
  [
    s('My validator runs twice, is that expected?'),
    t('If it is on the control and on the group, yes. Keep it where the rule lives: one field, one control.'),
    s('Should I validate on every key?'),
    t(
      'Wait until they leave the field the first time. After an error, check on every key, so that it goes away as soon as it is mended.',
    ),
  ],
];

const databases: readonly DemoTalk[] = [
  [
    s('السلام عليكم، هل أبدأ بتثبيت قاعدة البيانات أم بالدرس الأول؟'),
    t('وعليكم السلام! ابدأ بالدرس الأول، فالتثبيت فيه خطوة بخطوة.'),
    s('شكرًا جزيلًا'),
  ],
  [
    s('ما الفرق بين INNER JOIN و LEFT JOIN؟'),
    t('الأول يعيد ما وُجد في الجدولين معًا، والثاني يعيد كل صفوف الجدول الأيسر حتى لو لم يوجد ما يقابلها.'),
    t('ارسم دائرتين متقاطعتين، ثم لوّن ما تريد. هذا هو الجواب دائمًا.', 'edited'),
    s('جرّبت مع جدول الكتب وجدول الإعارات، والآن أرى الكتب التي لم يستعرها أحد. رائع!'),
  ],
  [
    s('متى أحتاج إلى فهرس مركب؟'),
    t('عندما تبحث عن قيمتين معًا في أغلب الأحيان. ابدأ بالحقل الذي يضيّق النتائج أكثر.'),
    s('وهل يبطئ الكتابة؟'),
    t('قليلًا: كل كتابة تحدّث الفهرس أيضًا. لذلك لا تضف فهرسًا بلا استعلام.'),
  ],
];

/** What students and tutors talk about, by the course's place in the shop. */
export const demoTalks: readonly (readonly DemoTalk[])[] = [
  angular,
  dataStructures,
  statistics,
  photography,
  forms,
  databases,
];

/** The same about the first course, in Spanish. */
export const spanishTalks = angularInSpanish;
