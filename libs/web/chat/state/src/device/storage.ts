// What is loaded to keep something on the device: in one file, since one page needs both at once.
export { openDB } from 'idb';
export { IndexedDbChatCache } from './indexed-db-cache';
