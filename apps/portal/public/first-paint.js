(() => {
  try {
    const theme = localStorage.getItem('course-chat.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.chatTheme = theme;
  } catch {
    // Storage may be forbidden; the page then follows the system's preference.
  }
})();
