const PASSWORD = 'course-chat-demo';

/**
 * Ids and cursors that exist for one person: a fuzzer that has to guess 24 hex characters never gets past the first check.
 * @param {string} api
 * @param {string} email
 * @returns {Promise<Record<string, string[]>>}
 */
export async function idsOf(api, email) {
  const { accessToken, user } = await call(`${api}/api/auth/login`, { email, password: PASSWORD });
  const get = (/** @type {string} */ path) => call(`${api}/api${path}`, undefined, accessToken);
  const side = user.role === 'tutor' ? 'tutors' : 'users';
  const courses = await get('/courses?limit=3');
  const chats = user.role === 'admin' ? { items: [], nextCursor: null } : await get(`/${side}/chats?limit=1`);
  const logins = await get('/auth/sessions');
  const cursors = [courses.nextCursor, chats.nextCursor].filter(Boolean);
  return {
    chatId: chats.items.map(idOf),
    courseId: courses.items.map(idOf),
    tutorId: chats.items.map((/** @type {any} */ chat) => chat.tutor.id),
    studentId: chats.items.map((/** @type {any} */ chat) => chat.student.id),
    // Not the one that the fuzzer itself uses.
    sessionId: logins.items.filter((/** @type {any} */ login) => login.current).map(idOf),
    userId: [user.id],
    cursor: cursors,
  };
}

/** @param {{ id: string }} thing */
const idOf = ({ id }) => id;

/**
 * @param {string} url
 * @param {unknown} [body]
 * @param {string} [token]
 * @returns {Promise<any>}
 */
async function call(url, body, token) {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

export { PASSWORD };
