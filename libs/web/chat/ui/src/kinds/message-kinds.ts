import { isKnownType, type MessageType } from '@course-chat/contracts';
import type { MessageView } from '../models';
import type { MessageKind } from './message-kind';
import { TEXT_KIND } from './text-kind';
import { UNKNOWN_KIND } from './unknown-kind';

/**
 * Every kind of message, by the `type` it travels under. A new kind starts in `libs/contracts/src/message.ts`; then the
 * compiler asks for an entry here.
 */
const MESSAGE_KINDS: Readonly<Record<MessageType, MessageKind>> = { text: TEXT_KIND };

/** The kind of a message. A page that is older than the server may meet one it does not know. */
export function kindOf({ type }: Pick<MessageView, 'type'>): MessageKind {
  return isKnownType(type) ? MESSAGE_KINDS[type] : UNKNOWN_KIND;
}
