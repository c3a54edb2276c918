/** Most characters (Unicode code points) a message's text may have after trimming. */
export const TEXT_MAX_CHARACTERS = 4_000;
/** Most characters a person's name may have. */
export const NAME_MAX_CHARACTERS = 80;
/** Fewest and most characters of a password. The upper bound keeps hashing bounded. */
export const PASSWORD_MIN_CHARACTERS = 8;
export const PASSWORD_MAX_CHARACTERS = 128;
/** Longest e-mail address: RFC 5321 section 4.5.3.1.3, path length less the brackets. */
export const EMAIL_MAX_CHARACTERS = 254;
/** Longest search text of a chat list. */
export const QUERY_MAX_CHARACTERS = 100;
/** Longest opaque cursor that is looked at. */
export const CURSOR_MAX_CHARACTERS = 512;
/** Characters of `Chat.lastMessage.preview` before it is cut. */
export const PREVIEW_MAX_CHARACTERS = 120;

/** Most characters of the reason an administrator gives. */
export const REASON_MAX_CHARACTERS = 300;

/** Page sizes: what is returned without `limit`, and the most that may be asked for. */
export const CHAT_PAGE = { default: 30, max: 100 } as const;
export const MESSAGE_PAGE = { default: 50, max: 100 } as const;
export const COURSE_PAGE = { default: 30, max: 100 } as const;
export const AUDIT_PAGE = { default: 50, max: 100 } as const;
export const STUDENT_PAGE = { default: 30, max: 100 } as const;

/** Most chats one `sync` may name. */
export const SYNC_MAX_CHATS = 50;
/** Most messages `sync` returns for one chat; a larger gap answers `reset`. */
export const SYNC_MAX_MESSAGES_PER_CHAT = 200;

/** A command is answered within this time, or the client treats its outcome as unknown. */
export const COMMAND_TIMEOUT_MS = 10_000;

/** Own text may be edited this long after it was stored. */
export const EDIT_WINDOW_MS = 15 * 60_000;
/** An own message may be deleted for everyone this long after it was stored. */
export const DELETE_WINDOW_MS = 60 * 60_000;

/** A typing client repeats `typing_start` at most this often. */
export const TYPING_REPEAT_MS = 3_000;
/** A receiver clears "typing" after this time without a new start. */
export const TYPING_EXPIRES_MS = 6_000;
/** A user whose last device left is shown online for this long, so that a reload does not flicker. */
export const PRESENCE_GRACE_MS = 8_000;

/** Largest socket frame and request body, in bytes. */
export const FRAME_MAX_BYTES = 64 * 1024;
/** Most sockets one user may hold open. */
export const SOCKETS_PER_USER = 10;
/** Most sockets one address may hold open on one node: a whole school may come from one. */
export const SOCKETS_PER_ADDRESS = 1_000;
/** Most packets one user may send in a second, pings and broken ones included; above it a connection is closed. */
export const PACKETS_PER_SECOND = 250;
/** Longest access token that is looked at. */
export const ACCESS_TOKEN_MAX_CHARACTERS = 4_096;
