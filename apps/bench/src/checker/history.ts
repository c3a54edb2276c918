import type { Access, Chat, Message } from '@course-chat/contracts';

/** Which law of the design was broken, by a short name, and how, for a person to read. */
export interface Violation {
  readonly law: number;
  readonly name: ViolationName;
  readonly chatId?: string;
  readonly text: string;
}

export type ViolationName =
  | 'lost'
  | 'doubled'
  | 'invented'
  | 'hole'
  | 'seq_reused'
  | 'sender_order'
  | 'out_of_order'
  | 'missing_on_device'
  | 'extra_on_device'
  | 'stale_on_device'
  | 'two_truths'
  | 'stale_read'
  | 'lost_change'
  | 'rev_reused'
  | 'receipt_regressed'
  | 'receipt_beyond'
  | 'receipt_diverged'
  | 'wrong_unread'
  | 'wrong_unread_total'
  | 'wrong_projection'
  | 'leaked'
  | 'written_when_closed'
  | 'stale_access'
  | 'unanswered'
  | 'bad_answer'
  | 'crashed'
  | 'not_converged'
  | 'wrong_presence';

/** What became of a command as far as the device knows. */
export type Outcome = 'open' | 'stored' | 'refused';

/** One message a person sent, however often the device tried. */
export interface SendRecord {
  readonly deviceId: string;
  readonly userId: string;
  readonly chatId: string;
  readonly clientMessageId: string;
  readonly text: string;
  /** Whether the device sends one after the other, so that its messages must stand in its order. */
  readonly inTurn: boolean;
  tries: number;
  /** When it was first asked for. */
  askedAt?: number;
  outcome: Outcome;
  code?: string;
  message?: Message;
}

/** One edit (`text`) or deletion (`text` null) a device asked for. */
export interface ChangeRecord {
  readonly userId: string;
  readonly chatId: string;
  readonly seq: number;
  readonly text: string | null;
  outcome: Outcome;
  message?: Message;
}

/** A time in which a chat could only be read. Of each moment the clock of this process, and the clock on the wall. */
export interface Closure {
  readonly chatId: string;
  /** Whether the members' devices are told; else they find out when they write. */
  readonly isTold: boolean;
  /** From then on nobody may write: the one who closed it was told that it is done, and every node may know. */
  readonly closedAt: number;
  /** When it was asked to be open again, if it was. */
  reopenedAt: number;
  reopenedOnTheWall: number;
}

/** A message as somebody saw it. Times are milliseconds of one clock. */
export interface Sighting {
  /** When the question was asked; of an event, when it arrived. */
  readonly askedAt: number;
  readonly seenAt: number;
  readonly by: string;
  readonly source: string;
  readonly message: Message;
}

/** A member's registers as somebody saw them. */
export interface ReceiptSighting {
  readonly askedAt: number;
  readonly seenAt: number;
  readonly by: string;
  readonly source: string;
  readonly chatId: string;
  readonly userId: string;
  readonly readSeq?: number;
  readonly deliveredSeq?: number;
  /** The chat's last seq in the same answer, where there was one. */
  readonly lastSeq?: number;
}

/** An event as far as it says whom it is about. */
export interface HeardEvent {
  readonly at: number;
  readonly by: string;
  readonly userId: string;
  readonly name: string;
  readonly chatId: string | null;
  readonly aboutUserId: string | null;
}

/** One chat as one device shows it at the end. */
export interface CopyAtEnd {
  readonly chatId: string;
  /** The device holds the messages above this seq. */
  readonly floor: number;
  readonly messages: readonly Message[];
  /** The seqs in the order in which the device showed them, since its last fresh page. */
  readonly shown: readonly number[];
  readonly me: { readonly readSeq: number; readonly deliveredSeq: number };
  readonly peer: { readonly readSeq: number; readonly deliveredSeq: number };
  readonly unreadCount: number;
  /** What may be done in it, as the device shows it. */
  readonly access: Access | null;
}

export interface DeviceAtEnd {
  readonly id: string;
  readonly userId: string;
  readonly unreadTotal: number | null;
  readonly copies: readonly CopyAtEnd[];
}

/** What a fresh REST list says at the end. */
export interface ListAtEnd {
  readonly userId: string;
  readonly unreadTotal: number;
  readonly chats: readonly Chat[];
}

/** The log as it is stored, besides the fields that travel. */
export interface StoredMessage extends Message {
  readonly fromStudent: number;
  /** Every rev it ever had. */
  readonly revs: readonly number[];
}

/** A chat as it is stored. */
export interface StoredChat {
  readonly id: string;
  readonly studentId: string;
  readonly tutorId: string;
  readonly lastSeq: number;
  readonly lastRev: number;
  /** ISO 8601. */
  readonly waitingSince: string | null;
  readonly student: { readonly readSeq: number; readonly deliveredSeq: number };
  readonly tutor: { readonly readSeq: number; readonly deliveredSeq: number };
  readonly unread: { readonly student: number; readonly tutor: number };
}

/** The database when all is quiet. */
export interface Truth {
  readonly chats: readonly StoredChat[];
  /** By chat, in the order of seq. */
  readonly messages: ReadonlyMap<string, readonly StoredMessage[]>;
  /** Messages that were there before anybody sent one. */
  readonly before: ReadonlySet<string>;
}

/** Everything that was done and seen in one run. */
export class History {
  readonly sends: SendRecord[] = [];
  readonly changes: ChangeRecord[] = [];
  readonly sightings: Sighting[] = [];
  readonly receipts: ReceiptSighting[] = [];
  readonly heard: HeardEvent[] = [];
  readonly closures: Closure[] = [];
  readonly devices: DeviceAtEnd[] = [];
  readonly lists: ListAtEnd[] = [];
  /** What was plainly wrong the moment it happened. */
  readonly violations: Violation[] = [];
  readonly counts: Record<string, number> = {};
  readonly faults: { readonly at: number; readonly text: string }[] = [];
  readonly startedAt = performance.now();

  count(name: string, by = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }

  fault(text: string): void {
    this.faults.push({ at: performance.now(), text });
  }

  violate(violation: Violation): void {
    this.violations.push(violation);
  }

  /** Records what a whole chat in an answer says of both members. */
  sawChat(chat: Chat, viewerId: string, at: { by: string; source: string; askedAt: number; seenAt: number }): void {
    const peerId = chat.student.id === viewerId ? chat.tutor.id : chat.student.id;
    const ofChat = { ...at, chatId: chat.id, lastSeq: chat.lastSeq };
    this.receipts.push({ ...ofChat, userId: viewerId, readSeq: chat.me.readSeq, deliveredSeq: chat.me.deliveredSeq });
    this.receipts.push({ ...ofChat, userId: peerId, readSeq: chat.peer.readSeq, deliveredSeq: chat.peer.deliveredSeq });
  }
}
