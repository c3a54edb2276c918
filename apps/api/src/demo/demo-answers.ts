/** The languages the demo's tutors answer in. */
export type DemoLanguage = 'en' | 'es' | 'ar';

/** Answers to what a text is about. */
interface Theme {
  readonly about: RegExp;
  readonly answers: Readonly<Record<DemoLanguage, readonly string[]>>;
}

const ARABIC = /\p{Script=Arabic}/u;
const SPANISH =
  /[¿¡ñ]|(^|\s)(hola|gracias|qu[eé]|c[oó]mo|cu[aá]ndo|por|para|una?|el|la|los|las|con|mi|es|no entiendo|puedo)(?=[\s,.?!]|$)/iu;

/** From the particular to the general: the first theme that fits answers. */
const THEMES: readonly Theme[] = [
  {
    about: /\b(signals?|computed|effects?)\b|se[ñn]al(es)?\b|إشار/iu,
    answers: {
      en: [
        'Ask what the value depends on. If the answer is "other values", it is a computed(). An effect is only for what lies outside: the title, storage, a chart.',
        'A signal tells its readers that it changed, and they look again only when somebody needs them. Lesson 12 has a drawing of it.',
      ],
      es: [
        'Pregúntate de qué depende el valor. Si depende de otros valores, es un computed(). Un effect es solo para lo que está fuera: el título, el almacenamiento, un gráfico.',
      ],
      ar: [
        'اسأل نفسك: على ماذا تعتمد القيمة؟ إن كانت تعتمد على قيم أخرى فهي computed()، أما effect فهو لما هو خارج التطبيق فقط.',
      ],
    },
  },
  {
    about: /\b(forms?|valid\w*|fields?|formulario\w*|campos?)\b|نموذج|حقل/iu,
    answers: {
      en: [
        'Keep the rule where the field is, and show the error when they leave it. After that, check on every key, so that it goes away as soon as it is mended.',
        'Which field do people give up at? Start with that one, and take away whatever you do not need to know yet.',
      ],
      es: [
        'Pon la regla junto al campo y muestra el error cuando salen de él. Después compruébalo con cada tecla, para que desaparezca en cuanto se corrija.',
      ],
      ar: ['ضع القاعدة بجانب الحقل، وأظهر الخطأ عندما يغادره المستخدم، ثم تحقّق مع كل حرف حتى يختفي الخطأ فور إصلاحه.'],
    },
  },
  {
    about:
      /\b(heaps?|trees?|tries|arrays?|lists?|graphs?|sort\w*|big[- ]o|mont[íi]culo|[áa]rbol|lista|grafo|ordenar)\b|مصفوف|شجر|قائمة/iu,
    answers: {
      en: [
        'Draw it on paper with five elements and move them by hand. The step where you hesitate is the line with the bug.',
        'First ask which operation you do most often: finding, adding or taking the smallest. The structure follows from that.',
      ],
      es: ['Dibújalo en papel con cinco elementos y muévelos a mano. El paso en el que dudas es la línea del error.'],
      ar: ['ارسمها على الورق بخمسة عناصر وحرّكها بيدك. الخطوة التي تتردد عندها هي سطر الخطأ.'],
    },
  },
  {
    about:
      /\b(p-?values?|mean|median|average|samples?|interval|test size|significan\w*|media|mediana|muestra)\b|متوسط|عيّ?نة/iu,
    answers: {
      en: [
        'Look at the interval before the p-value: it says how large the difference may be, and that is what somebody has to decide on.',
        'Plot it first. If the mean and the median are far apart, the tail is the story.',
      ],
      es: [
        'Mira el intervalo antes que el valor p: dice cómo de grande puede ser la diferencia, y de eso depende la decisión.',
      ],
      ar: ['انظر إلى المجال قبل قيمة p: فهو يقول كم يمكن أن يكون الفرق، وعلى ذلك يُبنى القرار.'],
    },
  },
  {
    about:
      /\b(camera|lens|blur\w*|iso|aperture|shutter|photos?|pictures?|light|c[áa]mara|foto\w*|luz|objetivo)\b|صور|كاميرا|عدسة|ضوء/iu,
    answers: {
      en: [
        'Where does the light come from? Turn until it falls from the side, then take the same picture again.',
        'Open the aperture first, then raise the ISO, and only then the time: a little grain is better than a shake.',
      ],
      es: ['¿De dónde viene la luz? Gira hasta que llegue de lado y repite la misma foto.'],
      ar: ['من أين يأتي الضوء؟ استدر حتى يأتي من الجانب ثم خذ الصورة نفسها مرة أخرى.'],
    },
  },
  {
    about:
      /\b(index(es)?|joins?|quer(y|ies)|sql|database|[íi]ndices?|consulta|base de datos)\b|فهرس|استعلام|قاعدة|جدول/iu,
    answers: {
      en: [
        'Write the query first, then the index that serves it: the fields you compare for equality before the one you sort by.',
        'Ask the database for its plan. If it reads many rows to return few, that is where an index belongs.',
      ],
      es: [
        'Escribe primero la consulta y después el índice que la sirve: primero los campos de igualdad, luego el de orden.',
      ],
      ar: ['اكتب الاستعلام أولًا ثم الفهرس الذي يخدمه: حقول المساواة قبل حقل الترتيب.'],
    },
  },
  {
    about:
      /\b(errors?|bugs?|fails?|broken|crash\w*|does ?n.t work|not work\w*|wrong|fallo|falla|no funciona|roto)\b|خطأ|لا يعمل|مشكلة/iu,
    answers: {
      en: [
        'What did you expect, and what happened instead? Send me the exact words of the error, and the ten lines around it.',
        'Take away half of it. Still wrong? Then it is in the other half. Five rounds of that find nearly everything.',
      ],
      es: ['¿Qué esperabas y qué pasó? Mándame el texto exacto del error y las diez líneas de alrededor.'],
      ar: ['ماذا توقعت وماذا حدث؟ أرسل لي نص الخطأ كما هو مع الأسطر العشرة حوله.'],
    },
  },
  {
    about: /\b(how long|when|deadline|start|begin|time|cu[áa]nto|cu[áa]ndo|empez\w*|empiezo)\b|متى|كم|أبدأ/iu,
    answers: {
      en: [
        'There is no deadline. Two lessons a week is a good pace, and the exercises in between are where it happens.',
        'Begin with lesson 1 even if you know half of it: the exercises build on each other.',
      ],
      es: ['No hay fecha límite. Dos lecciones por semana es un buen ritmo, y los ejercicios son lo que cuenta.'],
      ar: ['لا يوجد موعد نهائي. درسان في الأسبوع إيقاع جيد، والتمارين هي الأهم.'],
    },
  },
  {
    about: /\b(thanks?|thank you|thx|great|perfect|got it|gracias|perfecto|genial)\b|شكر|رائع|ممتاز/iu,
    answers: {
      en: ['You are welcome! Tell me how the exercise goes.', 'Gladly. Come back with the next one.'],
      es: ['¡De nada! Cuéntame cómo te va con el ejercicio.'],
      ar: ['على الرحب والسعة! أخبرني كيف سار التمرين.'],
    },
  },
  {
    about: /^\W*(hi|hello|hey|good (morning|afternoon|evening)|hola|buenas|buenos d[íi]as)\b|مرحبا|السلام|أهلا/iu,
    answers: {
      en: ['Hello! Good to hear from you. Which lesson are you at?', 'Hi! What are you working on?'],
      es: ['¡Hola! Me alegro de leerte. ¿En qué lección estás?'],
      ar: ['أهلًا! سعيد برسالتك. في أي درس أنت؟'],
    },
  },
  {
    about: /[?？؟]/u,
    answers: {
      en: [
        'Good question. Tell me what you tried so far, and I will start from there.',
        'In short: it depends on what you do with it afterwards. What is the next step in your exercise?',
        'Have a look at the summary at the end of the lesson, and tell me which line does not convince you.',
      ],
      es: [
        'Buena pregunta. Cuéntame qué has probado y sigo desde ahí.',
        'Depende de lo que hagas después con ello. ¿Cuál es el siguiente paso de tu ejercicio?',
      ],
      ar: [
        'سؤال جيد. أخبرني بما جرّبته حتى الآن وسأكمل من هناك.',
        'هذا يعتمد على ما ستفعله بعد ذلك. ما الخطوة التالية في تمرينك؟',
      ],
    },
  },
  {
    about: /./su,
    answers: {
      en: [
        'I see. Show me what you have, even if it is half done.',
        'Understood. Which part would you like to go through together?',
      ],
      es: ['Entiendo. Enséñame lo que tienes, aunque esté a medias.'],
      ar: ['فهمت. أرني ما لديك حتى لو لم يكتمل.'],
    },
  },
];

const FAREWELL: Readonly<Record<DemoLanguage, string>> = {
  en: 'I have to go to my class now. Leave your questions here, I read all of them in the evening.',
  es: 'Ahora tengo que ir a clase. Deja aquí tus preguntas, las leo todas por la tarde.',
  ar: 'عليّ الذهاب إلى الدرس الآن. اترك أسئلتك هنا وسأقرؤها كلها في المساء.',
};

/** The language a text is written in, as far as the demo cares. */
export function languageOf(text: string): DemoLanguage {
  if (ARABIC.test(text)) return 'ar';
  return SPANISH.test(text) ? 'es' : 'en';
}

/** A sensible answer in the language of the question; `turn` counts the answers of a chat, so that none comes twice in a row. */
export function demoAnswer(text: string, turn: number, isLast: boolean): string {
  const language = languageOf(text);
  if (isLast) return FAREWELL[language];
  const answers = THEMES.find(({ about }) => about.test(text))?.answers[language] ?? [];
  return answers[turn % answers.length] ?? FAREWELL[language];
}
