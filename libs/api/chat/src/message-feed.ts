import { Injectable } from '@nestjs/common';
import type { ChatMembers } from '@course-chat/api/enrollment';
import type { Message } from '@course-chat/contracts';
import { Subject } from 'rxjs';

/** A message that was just stored, and between whom. */
export interface StoredMessage {
  readonly message: Message;
  readonly members: ChatMembers;
}

/** New messages of this node, for whatever acts on them besides the devices: each is told once, on the node that stored it. */
@Injectable()
export class MessageFeed {
  readonly stored = new Subject<StoredMessage>();
}
