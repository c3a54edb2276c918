/** What a connection carries. A file of its own, so that it is loaded when one is first wanted, beside the socket library. */
export { commands, events, failedAckSchema } from '@course-chat/contracts';
