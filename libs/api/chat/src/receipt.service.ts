import { Injectable } from '@nestjs/common';
import type { ChatMembers } from '@course-chat/api/enrollment';
import { Clock, DomainError, Rounds, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import type { CommandPayload, ReadState } from '@course-chat/contracts';
import { ChatDirectory } from './chat-directory';
import { ChatRepository, type StoredChat } from './chat.repository';
import type { ReceiptsUpdate, Side } from './chat-updates';
import { ChatProjector } from './chat.projector';
import { sideOf } from './chat.view';
import type { Place } from './log-place';
import { MessageRepository } from './message.repository';
import { UnreadNotifier } from './unread-notifier';

/** Most marks of one round of writes. */
const ROUND_MAX = 256;

/** One member's mark of one chat. */
interface Mark {
  readonly chatId: string;
  readonly members: ChatMembers;
  readonly side: Side;
  readonly seq: number;
  readonly isRead: boolean;
}

/** Read and delivered: two positions a member, which only grow and never pass the end of the chat. */
@Injectable()
export class ReceiptService {
  private readonly rounds = new Rounds<Mark, ReadState | null>((marks) => this.advance(marks), ROUND_MAX);

  constructor(
    private readonly directory: ChatDirectory,
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
    private readonly projector: ChatProjector,
    private readonly unread: UnreadNotifier,
    private readonly hub: RealtimeHub,
    private readonly clock: Clock,
  ) {}

  /** What is read was also delivered. @throws DomainError NOT_FOUND */
  markRead(principal: Principal, command: CommandPayload<'mark_read'>): Promise<ReadState> {
    return this.mark(principal, command, true);
  }

  /** @throws DomainError NOT_FOUND */
  markDelivered(principal: Principal, command: CommandPayload<'mark_delivered'>): Promise<ReadState> {
    return this.mark(principal, command, false);
  }

  private async mark(
    principal: Principal,
    { chatId, seq }: CommandPayload<'mark_read'>,
    isRead: boolean,
  ): Promise<ReadState> {
    const members = await this.directory.membersFor(principal, chatId);
    const state = await this.rounds.submit({ chatId, members, side: sideOf(principal.userId, members), seq, isRead });
    if (!state) throw new DomainError('NOT_FOUND');
    return state;
  }

  /** A handful of queries for any number of marks. */
  private async advance(marks: readonly Mark[]): Promise<(ReadState | null)[]> {
    const places = await this.messages.places(marks);
    const updates = mergeMarks(marks, places);
    const ids = [...new Set(marks.map(({ chatId }) => chatId))];
    await this.projector.settled(ids);
    const before = byId(await this.chats.byIds(ids));
    // A mark may name a message that another node wrote and has not projected yet: no receipt beyond the last message.
    const ahead = [...updates.values()].filter(
      ({ update }) => update.deliveredSeq > (before.get(update.chatId)?.record.last?.seq ?? 0),
    );
    await this.projector.catchUp(ahead.map(({ update }) => update.chatId));
    await this.chats.advance([...updates.values()].map(({ update }) => update));
    const after = byId(await this.chats.byIds(ids));
    for (const { update, mark } of updates.values())
      this.tell(mark, before.get(update.chatId), after.get(update.chatId));
    return marks.map(({ chatId, side }) => {
      const chat = after.get(chatId);
      return chat ? readStateOf(chat, side) : null;
    });
  }

  private tell({ chatId, members, side }: Mark, before: StoredChat | undefined, after: StoredChat | undefined): void {
    if (!before || !after) return;
    const [was, is] = [before.record[side], after.record[side]];
    const both = [members.studentId, members.tutorId];
    const event = {
      chatId,
      userId: side === 'student' ? members.studentId : members.tutorId,
      at: this.clock.now().toISOString(),
    };
    if (is.deliveredSeq > was.deliveredSeq)
      this.hub.toUsers(both, 'chat_delivered', { ...event, seq: is.deliveredSeq });
    if (is.readSeq > was.readSeq) {
      this.hub.toUsers(both, 'chat_read', { ...event, seq: is.readSeq });
      this.unread.changed(chatId, members, side);
    }
  }
}

/** The furthest of a round's marks, for each member of each chat. */
function mergeMarks(
  marks: readonly Mark[],
  places: readonly Place[],
): Map<string, { mark: Mark; update: ReceiptsUpdate }> {
  const merged = new Map<string, { mark: Mark; update: ReceiptsUpdate }>();
  marks.forEach((mark, index) => {
    const place = places[index] ?? { seq: 0, fromStudent: 0 };
    const key = `${mark.chatId}.${mark.side}`;
    const known = merged.get(key)?.update;
    const knownRead = known?.read ?? null;
    merged.set(key, {
      mark,
      update: {
        chatId: mark.chatId,
        side: mark.side,
        deliveredSeq: Math.max(known?.deliveredSeq ?? 0, place.seq),
        read: mark.isRead && place.seq > (knownRead?.seq ?? 0) ? place : knownRead,
      },
    });
  });
  return merged;
}

function byId(chats: readonly StoredChat[]): Map<string, StoredChat> {
  return new Map(chats.map((chat) => [chat.id, chat]));
}

function readStateOf(chat: StoredChat, side: Side): ReadState {
  const { readSeq, deliveredSeq } = chat.record[side];
  return { chatId: chat.id, readSeq, deliveredSeq, unreadCount: chat.record.unread[side] };
}
