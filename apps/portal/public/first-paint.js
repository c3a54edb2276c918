(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('course-chat.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.chatTheme = theme;
    const language = localStorage.getItem('course-chat.language');
    if (language && /^[a-z]{2}(-[A-Za-z0-9]+)*$/.test(language)) {
      root.lang = language;
      root.dir = /^(ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr';
    }
  } catch {
    // Storage may be forbidden; the page then follows the system's preference.
  }
})();
