import { Inject, Injectable } from '@nestjs/common';
import { EnrollmentPolicy } from '@course-chat/api/enrollment';
import { decodeCursor, encodeCursor, type Principal } from '@course-chat/api/kernel';
import { RealtimeHub } from '@course-chat/api/realtime';
import {
  idSchema,
  SYNC_MAX_MESSAGES_PER_CHAT,
  type CommandPayload,
  type Message,
  type SyncedChat,
  type SyncPosition,
  type SyncResult,
} from '@course-chat/contracts';
import * as z from 'zod/mini';
import { ChatRepository, type Member, type StoredChat } from './chat.repository';
import { CHAT_OPTIONS, type ChatOptions } from './chat-options';
import { ChatProjector } from './chat.projector';
import { memberOf } from './chat.service';
import { ChatView } from './chat.view';
import { MessageRepository, MISSED_MAX_BYTES } from './message.repository';

/** Chats of one answer that were not named but changed. */
const CHANGED_PAGE = 50;
/** Changes are looked for again this far back: a write may become visible after a later one. */
const OVERLAP_MS = 5_000;
/** What a message takes besides its text: names, ids and times. */
const BESIDE_TEXT_BYTES = 320;

// Where the last answer ended: a time in milliseconds, and a chat's id while pages of one catching-up follow.
const cursorKeySchema = z.tuple([z.int().check(z.gte(0), z.lte(8.64e15)), z.nullable(idSchema)]);

/** Catching up: one call for many chats, after a tunnel, a sleep or a restart. */
@Injectable()
export class SyncService {
  constructor(
    private readonly chats: ChatRepository,
    private readonly messages: MessageRepository,
    private readonly projector: ChatProjector,
    private readonly policy: EnrollmentPolicy,
    private readonly view: ChatView,
    private readonly hub: RealtimeHub,
    @Inject(CHAT_OPTIONS) private readonly options: ChatOptions,
  ) {}

  /** Named chats that are not the caller's are left out, whether they exist or not. */
  async sync(principal: Principal, command: CommandPayload<'sync'>): Promise<SyncResult> {
    const member = memberOf(principal);
    const since = command.cursor === null ? null : decodeCursor(cursorKeySchema, command.cursor);
    await this.projector.settled();
    const [named, changed] = await Promise.all([
      this.named(principal, command.chats),
      since ? this.changed(member, since) : this.start(member),
    ]);
    const names = new Set(named.map(({ chat }) => chat.id));
    const others = changed.chats
      .filter((chat) => !names.has(chat.id))
      .map((chat) => ({ chat, status: 'ok' as const, messages: [] }));
    const all = [...named, ...others];
    const views = await this.view.of(
      principal.userId,
      all.map(({ chat }) => chat),
    );
    return {
      cursor: changed.cursor,
      more: changed.more,
      chats: all.flatMap(({ status, messages }, index): SyncedChat[] => {
        const chat = views[index];
        return chat ? [{ chat, status, messages }] : [];
      }),
      windows: { editMs: this.options.editWindowMs, deleteMs: this.options.deleteWindowMs },
    };
  }

  private async named(principal: Principal, positions: readonly SyncPosition[]) {
    const byId = new Map(positions.map((position) => [position.chatId, position]));
    const chats = (await this.chats.byIds([...byId.keys()])).filter((chat) =>
      this.policy.isMember(principal.userId, chat),
    );
    const missed = await Promise.all(chats.map((chat) => this.missed(chat, byId.get(chat.id) ?? { seq: 0, rev: 0 })));
    let room = MISSED_MAX_BYTES;
    return chats.map((chat, index) => {
      const messages = missed[index] ?? null;
      const size = messages === null ? Infinity : sizeOf(messages);
      if (messages === null || size > room) return { chat, status: 'reset' as const, messages: [] };
      room -= size;
      return { chat, status: 'ok' as const, messages };
    });
  }

  /** What a device has not applied, by seq; null when it is too much for one answer. */
  private async missed(
    { id, record }: StoredChat,
    { seq, rev }: { seq: number; rev: number },
  ): Promise<Message[] | null> {
    // The projection says that nothing was missed, which only holds where no other node writes.
    const mayChange = this.hub.hasOthers || rev < record.lastRev;
    const mayFollow = this.hub.hasOthers || seq < (record.last?.seq ?? 0);
    const [changed, created] = await Promise.all([
      mayChange && seq > 0 ? this.messages.changedUpTo(id, rev, seq) : [],
      mayFollow ? this.messages.following(id, seq) : [],
    ]);
    if (!changed || !created || changed.length + created.length > SYNC_MAX_MESSAGES_PER_CHAT) return null;
    return [...changed.sort((a, b) => a.seq - b.seq), ...created];
  }

  private async start(member: Member): Promise<{ chats: StoredChat[]; cursor: string; more: boolean }> {
    return { chats: [], cursor: cursorAt(await this.chats.newestChangeOf(member)), more: false };
  }

  private async changed(member: Member, [at, id]: readonly [number, string | null]) {
    const from = new Date(id ? at : Math.max(0, at - OVERLAP_MS));
    const found = await this.chats.changedSince(member, from, id, CHANGED_PAGE + 1);
    const chats = found.slice(0, CHANGED_PAGE);
    const more = found.length > CHANGED_PAGE;
    const last = chats.at(-1);
    const lastAt = last?.record.changedAt.getTime() ?? at;
    // More of them: exactly where this page ended, which may be within the overlap.
    const cursor = more && last ? encodeCursor([lastAt, last.id]) : encodeCursor([Math.max(at, lastAt), null]);
    return { chats, more, cursor };
  }
}

/** About how many bytes these take on the way. */
function sizeOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { text }) => sum + BESIDE_TEXT_BYTES + Buffer.byteLength(text), 0);
}

/** The cursor of a member who has missed nothing and whose chats last changed then. */
export function cursorAt(newestChange: Date | null): string {
  return encodeCursor([newestChange?.getTime() ?? 0, null]);
}
