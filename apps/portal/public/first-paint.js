// What a page must know before anything of it is painted: the theme, the language and its direction.
(() => {
  const root = document.documentElement;
  const chosen = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be forbidden; the page then follows the system's preferences.
    }
  };

  const theme = chosen('course-chat.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.chatTheme = theme;

  // The language that was chosen, else the first of the person's languages that there is, else English.
  const directions = new Map([
    ['en', 'ltr'],
    ['es', 'ltr'],
    ['ar', 'rtl'],
  ]);
  const wanted = [chosen('course-chat.language') ?? '', ...navigator.languages, 'en'];
  root.lang = wanted.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => directions.has(tag));
  root.dir = directions.get(root.lang);
})();
